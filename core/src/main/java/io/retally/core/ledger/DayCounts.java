package io.retally.core.ledger;

import io.retally.core.ledger.Plan.LessonPlan;
import io.retally.core.total.Vectors;
import io.retally.core.zone.TimeZone;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many facts of each verb count on each day of an account's time zone (days since 1970-01-01). Linear in the facts:
 * the counts of a difference of facts are the difference of the counts.
 */
final class DayCounts {

    /** The counters of a day, in the order of the columns of {@code program_day}. */
    static final int LENGTH = 6;

    private static final int SENT = 0;
    private static final int CLICKED = 1;
    private static final int OPENED = 2;
    private static final int SEGMENTS = 3;
    private static final int ANSWERS = 4;
    private static final int COMPLETED = 5;

    private final Map<Integer, long[]> byDay = new HashMap<>();

    /** Adds {@code sign} times the facts that count in this lesson; a lesson that is not in the plan counts none. */
    void add(int sign, LessonFacts facts, @Nullable LessonPlan lesson, TimeZone timeZone) {
        if (lesson == null) {
            return;
        }
        Calendar calendar = new Calendar(timeZone);
        add(sign, SENT, facts.sent, calendar);
        add(sign, CLICKED, facts.clicked, calendar);
        add(sign, OPENED, facts.opened, calendar);
        add(sign, COMPLETED, facts.completed, calendar);
        facts.watched.headMap(lesson.segmentsTotal()).values().forEach(times -> add(sign, SEGMENTS, times, calendar));
        facts.answers.forEach((answer, count) -> {
            if (lesson.questionIds().contains(answer.questionId())) {
                add(sign, ANSWERS, calendar.dayOf(answer.at()), count);
            }
        });
    }

    private void add(int sign, int counter, Timeline timeline, Calendar calendar) {
        for (int i = 0; i < timeline.size(); i++) {
            add(sign, counter, calendar.dayOf(timeline.time(i)), timeline.count(i));
        }
    }

    private void add(int sign, int counter, int day, int count) {
        byDay.computeIfAbsent(day, d -> new long[LENGTH])[counter] += (long) sign * count;
    }

    /** The counters by day; some may be all zero. */
    Map<Integer, long[]> byDay() {
        return byDay;
    }

    /** A rep's share in a row of {@code program_day}: whether it is behind the row, whether it is active, its counts. */
    static long[] share(long[] counts) {
        long[] share = new long[LENGTH + 2];
        if (!Vectors.isZero(counts)) {
            share[0] = 1;
            share[1] = counts[CLICKED] + counts[OPENED] + counts[SEGMENTS] + counts[ANSWERS] + counts[COMPLETED] > 0
                    ? 1
                    : 0;
            System.arraycopy(counts, 0, share, 2, LENGTH);
        }
        return share;
    }
}
