package io.retally.udfs;

import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import io.retally.core.ledger.LessonFacts;
import io.retally.core.ledger.LessonKey;
import io.retally.core.ledger.Plan;
import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepChanges;
import io.retally.core.ledger.RepStore;
import io.retally.core.ledger.Settlement;
import io.retally.core.ledger.World;
import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** What core makes of one enrolled rep who watched, or answered, in one lesson: the truth that functions are held against. */
final class CoreRep implements RepStore, World {

    private final Plan plan;
    private final TimeZone timeZone;
    private final List<Row> rows = new ArrayList<>();
    private final DifferenceBuffer totals = new DifferenceBuffer();

    /** A rep that watched {@code segments.get(i)} at {@code times.get(i)}, in milliseconds since 1970 UTC. */
    CoreRep(int videoSeconds, String timeZone, List<Integer> segments, List<Long> times) {
        this(
                new Lesson("lesson", "Lesson", videoSeconds, true, List.of()),
                timeZone,
                IntStream.range(0, segments.size())
                        .mapToObj(i -> watched(i, segments.get(i), times.get(i)))
                        .toList());
    }

    /** A rep that gave answers to one question. */
    static CoreRep whoAnswered(List<CoreAnswer> answers) {
        return new CoreRep(
                new Lesson("lesson", "Lesson", 0, true, List.of("question")),
                "UTC",
                answers.stream().map(CoreRep::answered).toList());
    }

    /** An answer, {@code at} in milliseconds since 1970 UTC. */
    record CoreAnswer(long at, String id, boolean correct) {}

    private CoreRep(Lesson lesson, String timeZone, List<Interaction> interactions) {
        this.plan = Plan.of(new Program("program", "account", "Program", "kind", 80, List.of(lesson)));
        this.timeZone = TimeZones.zone(timeZone);
        RepChanges changes = new RepChanges();
        changes.contact(new Contact("rep", "account", "Rep", null, null));
        changes.enrollment("enrollment", new Enrollment("enrollment", "account", "rep", "program", 0, null, null));
        interactions.forEach(interaction -> changes.interaction(interaction, 1));
        new Settlement(this, EMPTY, this, rows::add, totals).settle(changes);
    }

    private static Interaction watched(int number, int segment, long at) {
        return new Interaction(
                "i" + number,
                "account",
                "rep",
                "program",
                "lesson",
                Verb.SEGMENT_WATCHED,
                at,
                segment,
                null,
                null,
                null);
    }

    private static Interaction answered(CoreAnswer answer) {
        return new Interaction(
                answer.id(),
                "account",
                "rep",
                "program",
                "lesson",
                Verb.QUESTION_ANSWERED,
                answer.at(),
                null,
                "question",
                null,
                answer.correct());
    }

    /** {@code respondents, answers, correct_first, correct_latest} of {@code question_stats}; empty without an answer. */
    List<Long> questionStats() {
        List<Long> stats = new ArrayList<>();
        totals.drainTo(difference -> {
            if (isOf(ServingTable.QUESTION_STATS, difference)) {
                Arrays.stream(difference.vector()).skip(1).forEach(stats::add);
            }
        });
        return stats;
    }

    /** {@code segments_watched} of the rep's row of {@code rep_lesson}; 0 without one. */
    long segmentsWatched() {
        return rows.stream()
                .filter(row -> row.table() == ServingTable.REP_LESSON && !row.isDeletion())
                .mapToLong(row -> (Long) column(row, "segments_watched"))
                .sum();
    }

    /** The days of {@code program_day}, days since 1970-01-01. */
    List<Integer> days() {
        List<Integer> days = new ArrayList<>();
        totals.drainTo(difference -> {
            if (isOf(ServingTable.PROGRAM_DAY, difference)) {
                days.add(Integer.valueOf(
                        difference.key().substring(difference.key().indexOf('\0') + 1)));
            }
        });
        return days;
    }

    private static boolean isOf(ServingTable table, Difference difference) {
        return difference.key().charAt(0) == 'A' + table.ordinal();
    }

    private static Object column(Row row, String name) {
        for (int i = 0; i < row.values().length; i++) {
            Object value = row.values()[i];
            if (row.table().columns().get(i).name().equals(name) && value != null) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + " is no column of " + row + ", or NULL");
    }

    private static final World EMPTY = new World() {
        @Override
        public @org.jspecify.annotations.Nullable Plan plan(String programId) {
            return null;
        }

        @Override
        public @org.jspecify.annotations.Nullable TimeZone timeZone(String accountId) {
            return null;
        }
    };

    @Override
    public Plan plan(String programId) {
        return plan;
    }

    @Override
    public TimeZone timeZone(String accountId) {
        return timeZone;
    }

    private Rep rep = Rep.NONE;
    private final Map<LessonKey, LessonFacts> facts = new HashMap<>();
    private final Map<Integer, long[]> counts = new HashMap<>();

    @Override
    public Rep rep() {
        return rep;
    }

    @Override
    public void rep(Rep now) {
        rep = now;
    }

    @Override
    public LessonFacts facts(LessonKey key) {
        return facts.getOrDefault(key, LessonFacts.EMPTY);
    }

    @Override
    public void facts(LessonKey key, LessonFacts now) {
        facts.put(key, now);
    }

    @Override
    public void forEachLesson(BiConsumer<LessonKey, LessonFacts> action) {
        facts.forEach(action);
    }

    @Override
    public long[] dayCounts(String programId, int day) {
        return counts.getOrDefault(day, new long[6]);
    }

    @Override
    public void dayCounts(String programId, int day, long[] now) {
        counts.put(day, now);
    }
}
