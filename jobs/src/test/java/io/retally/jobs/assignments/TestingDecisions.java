package io.retally.jobs.assignments;

import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.LessonStanding;
import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.mongo.AssignmentChange;
import io.retally.jobs.mongo.AssignmentId;
import io.retally.jobs.repprogress.Subtasks;
import io.retally.jobs.repprogress.TestingBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * Operator {@code decide-assignments} in any number of subtasks, each with a sink like MongoDB's: it buffers, writes a batch in
 * its order, all of it before a checkpoint, and when it dies a part of what it buffers has been written.
 */
final class TestingDecisions implements AutoCloseable {

    private final TestingBackend backend;

    /** What MongoDB holds. It outlives every crash. */
    private final Map<AssignmentId, Assignment> mongodb;

    private final List<List<AssignmentChange>> buffers = new ArrayList<>();
    private Subtasks<KeyedTwoInputStreamOperatorTestHarness<String, Row, RuleChange, AssignmentChange>> subtasks;
    private long checkpoint;
    private long now;

    /** Starts from empty state. */
    TestingDecisions(
            TestingBackend.Kind kind, Path folder, int parallelism, Map<AssignmentId, Assignment> stored, long now)
            throws Exception {
        this.backend = new TestingBackend(kind, folder);
        this.mongodb = new HashMap<>(stored);
        this.now = now;
        this.subtasks = start(parallelism, null);
    }

    private Subtasks<KeyedTwoInputStreamOperatorTestHarness<String, Row, RuleChange, AssignmentChange>> start(
            int parallelism, Subtasks.@Nullable States restored) throws Exception {
        List<AssignmentId> stored = List.copyOf(mongodb.keySet());
        Subtasks<KeyedTwoInputStreamOperatorTestHarness<String, Row, RuleChange, AssignmentChange>> started =
                Subtasks.start(
                        backend,
                        parallelism,
                        (n, subtask) -> new KeyedTwoInputStreamOperatorTestHarness<>(
                                new DecideAssignments(action -> {
                                    for (AssignmentId id : stored) {
                                        action.accept(id);
                                    }
                                }),
                                row -> (String) row.values()[0],
                                null,
                                Types.STRING,
                                Subtasks.MAX_PARALLELISM,
                                n,
                                subtask),
                        (harness, subtask) -> harness.setup(AssignmentChange.TYPE.createSerializer()),
                        restored);
        buffers.clear();
        for (var subtask : started.all()) {
            subtask.setProcessingTime(now);
            buffers.add(new ArrayList<>());
        }
        return started;
    }

    /** The rep stands in the lesson like this now. */
    void standing(LessonStanding standing) throws Exception {
        row(Row.of(
                ServingTable.REP_LESSON,
                standing.contactId(),
                standing.programId(),
                standing.lessonId(),
                standing.accountId(),
                null,
                0L,
                0L,
                standing.openedAt(),
                standing.completed() ? 1L : null,
                9,
                standing.segmentsWatched(),
                new int[0],
                9,
                standing.questionsAnswered(),
                standing.questionsCorrect(),
                standing.answers(),
                false));
    }

    /** The rep has no standing in the lesson any more. */
    void noStanding(AssignmentId id) throws Exception {
        row(Row.deleted(ServingTable.REP_LESSON, id.contactId(), id.programId(), id.lessonId()));
    }

    private void row(Row row) throws Exception {
        subtasks.of((String) row.values()[0]).processElement1(new StreamRecord<>(row));
    }

    /** The rule is this now; gone if null. */
    void rule(String id, @Nullable AssignmentRule rule) throws Exception {
        for (var subtask : subtasks.all()) {
            subtask.processElement2(new StreamRecord<>(new RuleChange(id, rule)));
        }
    }

    /** The clock goes on, on all machines. */
    void time(long millis) throws Exception {
        now = millis;
        for (var subtask : subtasks.all()) {
            subtask.setProcessingTime(now);
        }
    }

    /** Takes a checkpoint, which is not complete yet. */
    Subtasks.States barrier() throws Exception {
        subtasks.prepareSnapshotPreBarrier(++checkpoint);
        buffer();
        for (List<AssignmentChange> buffer : buffers) {
            write(buffer, buffer.size());
        }
        return subtasks.snapshot(checkpoint);
    }

    /** The checkpoint is complete, and all subtasks hear of it. */
    void complete(Subtasks.States states) throws Exception {
        subtasks.notifyOfCompletedCheckpoint(states.checkpoint());
    }

    /** Takes two checkpoints: after the first, what is decided is passed on; with the second it is written. */
    Subtasks.States settle() throws Exception {
        complete(barrier());
        Subtasks.States states = barrier();
        complete(states);
        return states;
    }

    /** Some of what was passed on is written, as when a batch is full. */
    void writeSome(Random random) {
        buffer();
        for (List<AssignmentChange> buffer : buffers) {
            write(buffer, random.nextInt(buffer.size() + 1));
        }
    }

    private void buffer() {
        for (int i = 0; i < buffers.size(); i++) {
            buffers.get(i).addAll(subtasks.all().get(i).extractOutputValues());
            subtasks.all().get(i).getOutput().clear();
        }
    }

    private void write(List<AssignmentChange> buffer, int count) {
        List<AssignmentChange> batch = buffer.subList(0, count);
        for (AssignmentChange change : batch) {
            if (change.assignment() == null) {
                mongodb.remove(change.id());
            } else {
                mongodb.put(change.id(), change.assignment());
            }
        }
        batch.clear();
    }

    /** Crashes, what was passed on unwritten, and goes on from a checkpoint; from empty state if null. */
    void crash(Subtasks.@Nullable States states, int parallelism) throws Exception {
        subtasks.close();
        subtasks = start(parallelism, states);
    }

    Map<AssignmentId, Assignment> mongodb() {
        return mongodb;
    }

    int numKeyedStateEntries() {
        return subtasks.numKeyedStateEntries();
    }

    int numTimers() {
        return subtasks.all().stream()
                .mapToInt(subtask -> subtask.numProcessingTimeTimers())
                .sum();
    }

    /** The rules that each subtask has in state, by id: all the same. */
    Set<String> rules() throws Exception {
        Set<String> ids = new java.util.HashSet<>();
        for (var subtask : subtasks.all()) {
            subtask.getOperator()
                    .getOperatorStateBackend()
                    .getBroadcastState(RuleBook.RULES)
                    .immutableEntries()
                    .forEach(entry -> ids.add(entry.getKey()));
        }
        return ids;
    }

    @Override
    public void close() {
        subtasks.close();
        backend.close();
    }
}
