package io.retally.devkit.load.oulad;

import io.retally.devkit.load.ChangeOfDocument;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * All interactions of one calendar day, handed out in the order of their time. Kept as numbers until then: a busy day
 * has a few hundred thousand clicks.
 */
final class Day {

    /** An assessment is complete this long after its question was answered. */
    private static final int COMPLETED_AFTER_MILLIS = 1_000;

    private final long wakingMillis;
    private final List<DayRow> rows = new ArrayList<>();
    private final Map<Long, Integer> clicksSoFar = new HashMap<>();

    /** For each interaction its offset in the day and, below, its place in the two arrays that follow. */
    private long[] moments = new long[1 << 12];

    private int[] rowOf = new int[1 << 12];
    private int[] numberOf = new int[1 << 12];
    private int size;

    Day(LocalDate date) {
        this.wakingMillis = DayTimes.wakingMillis(date);
    }

    /** Adds the clicks of a row. Rows of one student, site and day add up: their clicks are numbered through. */
    void addClicks(Presentation presentation, int student, int site, int day, int clicks) {
        // A site belongs to one presentation, so the pair needs no more to be unique.
        int last = clicksSoFar.merge((long) student << 32 | site, clicks, Integer::sum);
        rows.add(DayRow.clicks(presentation, student, site, day));
        for (int number = last - clicks + 1; number <= last; number++) {
            add(DayTimes.offsetMillis(student, site, day, number), number);
        }
    }

    /** Adds the answer and the completion of an assessment. */
    void addResult(Result result) {
        rows.add(DayRow.result(result));
        long answered = DayTimes.offsetMillis(result.student(), result.assessment(), result.day(), 0);
        add(answered, DayRow.ANSWERED);
        add(answered + COMPLETED_AFTER_MILLIS, DayRow.COMPLETED);
    }

    private void add(long offsetMillis, int number) {
        if (size == moments.length) {
            moments = Arrays.copyOf(moments, size * 2);
            rowOf = Arrays.copyOf(rowOf, size * 2);
            numberOf = Arrays.copyOf(numberOf, size * 2);
        }
        moments[size] = offsetMillis << 32 | size;
        rowOf[size] = rows.size() - 1;
        numberOf[size] = number;
        size++;
    }

    /** The interactions in the order of their time; nothing may be added afterwards. */
    Iterator<ChangeOfDocument> changes() {
        Arrays.sort(moments, 0, size);
        return Arrays.stream(moments, 0, size).mapToObj(this::change).iterator();
    }

    private ChangeOfDocument change(long moment) {
        int place = (int) moment;
        return rows.get(rowOf[place]).change(numberOf[place], wakingMillis + (moment >>> 32));
    }
}
