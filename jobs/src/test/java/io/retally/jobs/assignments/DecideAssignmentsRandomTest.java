package io.retally.jobs.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.Action;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.Condition;
import io.retally.core.assignment.Decision;
import io.retally.core.assignment.LessonStanding;
import io.retally.jobs.mongo.AssignmentId;
import io.retally.jobs.repprogress.Subtasks;
import io.retally.jobs.repprogress.TestingBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random standings and rules through the operator, with checkpoints that fail, or whose completion is heard of late or never, and
 * crashes in between that leave any part of what was passed on in MongoDB. A replay keeps the order of each rep's and of each
 * rule's changes, and no other. After each restore and at the end MongoDB holds what a plain model decides of what was read. A seed
 * is replayed with {@code -Dassignments.seed=N}.
 */
class DecideAssignmentsRandomTest {
    private static final long START = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final int STEPS = 300;
    private static final int LOGS = 9;
    private static final int RULES = 4;

    /** A change: of a rule, or of a rep's standing in a lesson. */
    private record Change(
            @Nullable String ruleId,
            @Nullable AssignmentRule rule,
            @Nullable AssignmentId lesson,
            @Nullable LessonStanding standing) {}

    /** A checkpoint, and how far each log was read. */
    private record Checkpoint(Subtasks.States states, List<Integer> positions) {}

    static Stream<Long> seeds() {
        Long one = Long.getLong("assignments.seed");
        return one != null ? Stream.of(one) : new Random().longs(8).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mongodbHoldsWhatIsDecided(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        List<List<Change>> logs = logs(random);
        List<Integer> positions = new ArrayList<>(java.util.Collections.nCopies(LOGS, 0));
        long now = START;
        Checkpoint complete = null;
        Assignment old = new Assignment("old", Action.REPEAT, "l", "?", standing("c0", "l0", new Random(0)));
        Map<AssignmentId, Assignment> stored = Map.of(
                new AssignmentId("c0", "p0", "l0"), old,
                new AssignmentId("nobody", "p0", "l0"), old);
        TestingBackend.Kind kind = random.nextInt(4) == 0 ? TestingBackend.Kind.HEAP : TestingBackend.Kind.ROCKSDB;
        try (TestingDecisions job = new TestingDecisions(kind, folder, 1 + random.nextInt(3), stored, now)) {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(20)) {
                    case 0 -> {
                        now += random.nextInt(3) == 0 ? DAY : random.nextInt(1000);
                        job.time(now);
                    }
                    case 1, 2, 3 -> {
                        Checkpoint taken = new Checkpoint(job.barrier(), List.copyOf(positions));
                        for (int i = random.nextInt(3); i > 0; i--) {
                            readOne(job, logs, positions, random);
                        }
                        if (random.nextInt(4) > 0) {
                            complete = taken;
                            if (random.nextInt(8) > 0) {
                                job.complete(taken.states);
                            }
                        }
                    }
                    case 4 -> job.writeSome(random);
                    case 5 -> {
                        if (random.nextInt(3) == 0) {
                            job.writeSome(random);
                            job.crash(complete == null ? null : complete.states, 1 + random.nextInt(3));
                            positions = new ArrayList<>(
                                    complete == null ? java.util.Collections.nCopies(LOGS, 0) : complete.positions);
                            if (random.nextBoolean()) {
                                complete = new Checkpoint(job.settle(), List.copyOf(positions));
                                assertThat(job.mongodb())
                                        .as("after a restore, step %d", step)
                                        .isEqualTo(model(logs, positions, now));
                            }
                        }
                    }
                    default -> readOne(job, logs, positions, random);
                }
            }
            while (readOne(job, logs, positions, random)) {}
            job.settle();
            assertThat(job.mongodb()).as("at the end").isEqualTo(model(logs, positions, now));
        }
    }

    /** Reads the next change of any log that has one. */
    private static boolean readOne(
            TestingDecisions job, List<List<Change>> logs, List<Integer> positions, Random random) throws Exception {
        List<Integer> unread = new ArrayList<>();
        for (int log = 0; log < LOGS; log++) {
            if (positions.get(log) < logs.get(log).size()) {
                unread.add(log);
            }
        }
        if (unread.isEmpty()) {
            return false;
        }
        int log = unread.get(random.nextInt(unread.size()));
        Change change = logs.get(log).get(positions.get(log));
        positions.set(log, positions.get(log) + 1);
        if (change.ruleId != null) {
            job.rule(change.ruleId, change.rule);
        } else if (change.standing != null) {
            job.standing(change.standing);
        } else if (change.lesson != null) {
            job.noStanding(change.lesson);
        }
        return true;
    }

    private static Map<AssignmentId, Assignment> model(List<List<Change>> logs, List<Integer> positions, long now) {
        Map<String, AssignmentRule> rules = new HashMap<>();
        Map<AssignmentId, LessonStanding> standings = new HashMap<>();
        for (int log = 0; log < LOGS; log++) {
            for (Change change : logs.get(log).subList(0, positions.get(log))) {
                if (change.ruleId != null) {
                    put(rules, change.ruleId, change.rule);
                } else if (change.lesson != null) {
                    put(standings, change.lesson, change.standing);
                }
            }
        }
        Map<AssignmentId, Assignment> assignments = new HashMap<>();
        standings.forEach((id, standing) ->
                put(assignments, id, Decision.of(standing, rules.values(), now).assignment()));
        return assignments;
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** The first logs are of a rule each, the others of a rep each. */
    private static List<List<Change>> logs(Random random) {
        List<List<Change>> logs = new ArrayList<>();
        for (int log = 0; log < LOGS; log++) {
            List<Change> changes = new ArrayList<>();
            boolean ofRule = log < RULES;
            for (int i = ofRule ? 4 : 25; i > 0; i--) {
                changes.add(ofRule ? ruleChange("r" + log, random) : standingChange("c" + (log - RULES), random));
            }
            logs.add(changes);
        }
        return logs;
    }

    private static Change ruleChange(String id, Random random) {
        if (random.nextInt(5) == 0) {
            return new Change(id, null, null, null);
        }
        Action action = Action.values()[random.nextInt(3)];
        Condition when = new Condition(
                random.nextBoolean() ? null : (Integer) (50 * random.nextInt(3)),
                null,
                null,
                random.nextInt(3) > 0 ? null : (Integer) random.nextInt(4),
                null,
                random.nextInt(4) > 0 ? null : (Boolean) random.nextBoolean(),
                random.nextInt(3) > 0 ? null : (Integer) random.nextInt(4));
        String lesson = random.nextBoolean() ? null : "l" + random.nextInt(2);
        String target = action == Action.REPEAT ? null : "target";
        return new Change(
                id,
                new AssignmentRule(id, "a", "p" + random.nextInt(2), lesson, random.nextInt(2), action, target, when),
                null,
                null);
    }

    private static Change standingChange(String contactId, Random random) {
        LessonStanding standing = standing(contactId, "l" + random.nextInt(2), random);
        AssignmentId id = new AssignmentId(contactId, standing.programId(), standing.lessonId());
        return new Change(null, null, id, random.nextInt(4) == 0 ? null : standing);
    }

    private static LessonStanding standing(String contactId, String lessonId, Random random) {
        int answered = random.nextInt(3);
        return new LessonStanding(
                contactId,
                "p" + random.nextInt(2),
                lessonId,
                "a",
                answered,
                random.nextInt(answered + 1),
                answered,
                random.nextInt(4),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? null : (Long) (START - DAY * random.nextInt(4)));
    }
}
