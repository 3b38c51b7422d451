package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.serving.Column;
import io.retally.core.serving.Row;
import io.retally.core.serving.RowKey;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.total.DifferenceCodec;
import io.retally.core.total.TotalKey;
import io.retally.core.zone.TimeZones;
import io.retally.core.zone.TzDatabase;
import io.retally.jobs.types.CodecType;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/** Operator {@code keep-ledgers} alone, in any number of subtasks. */
final class TestingLedgers implements AutoCloseable {

    static final int UNBOUNDED = Integer.MAX_VALUE;

    private final TestingBackend backend;
    private final int maxWaiting;
    private Subtasks<KeyedTwoInputStreamOperatorTestHarness<String, LedgerChange, WorldChange, Difference>> subtasks;
    private long checkpoint;
    private SerializableSupplier<TzDatabase> tzDatabase = TimeZones::carried;

    /**
     * What was passed on since it was last asked for.
     *
     * @param rows of each row the last version
     * @param differences of each total the sum, by account; none that is zero
     */
    record Passed(Map<RowKey, Row> rows, Map<String, List<Long>> differences) {

        boolean isNothing() {
            return rows.isEmpty() && differences.isEmpty();
        }

        /** What a column of the program's totals rises by. */
        long programSummary(String column) {
            return total(ServingTable.PROGRAM_SUMMARY, TotalKey.of(ServingTable.PROGRAM_SUMMARY, "sales"), column);
        }

        /** What a column of the program's day rises by. */
        long programDay(LocalDate day, String column) {
            return total(
                    ServingTable.PROGRAM_DAY,
                    TotalKey.of(ServingTable.PROGRAM_DAY, "sales", Math.toIntExact(day.toEpochDay())),
                    column);
        }

        private long total(ServingTable table, String key, String column) {
            List<Long> difference = differences.get(key);
            List<String> columns = table.columns().stream().map(Column::name).toList();
            return difference == null ? 0 : difference.get(columns.indexOf(column) - columns.indexOf("account_id"));
        }
    }

    /** Starts from empty state. */
    TestingLedgers(TestingBackend.Kind kind, Path folder, int parallelism, int maxWaiting) throws Exception {
        this.backend = new TestingBackend(kind, folder);
        this.maxWaiting = maxWaiting;
        this.subtasks = start(parallelism, null);
    }

    private Subtasks<KeyedTwoInputStreamOperatorTestHarness<String, LedgerChange, WorldChange, Difference>> start(
            int parallelism, Subtasks.@Nullable States restored) throws Exception {
        SerializableSupplier<TzDatabase> edition = tzDatabase;
        return Subtasks.start(
                backend,
                parallelism,
                (n, subtask) -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeepLedgers(maxWaiting, maxWaiting, edition),
                        LedgerChange::contactId,
                        null,
                        Types.STRING,
                        Subtasks.MAX_PARALLELISM,
                        n,
                        subtask),
                (harness, subtask) -> harness.setup(
                        CodecType.of(Difference.class, DifferenceCodec.class).createSerializer()),
                restored);
    }

    /** These documents are there now, where they were not. */
    void add(Document... documents) throws Exception {
        for (Document document : documents) {
            change(document, DocumentCodec.toBytes(document), false);
        }
    }

    /** These documents are gone. */
    void remove(Document... documents) throws Exception {
        for (Document document : documents) {
            boolean retraction = document instanceof Interaction;
            change(document, retraction ? DocumentCodec.toBytes(document) : null, retraction);
        }
    }

    private void change(Document document, byte @Nullable [] image, boolean retraction) throws Exception {
        Collection collection = document.collection();
        if (collection == Collection.ACCOUNTS || collection == Collection.PROGRAMS) {
            for (var subtask : subtasks.all()) {
                subtask.processElement2(new StreamRecord<>(new WorldChange(collection, document.id(), image)));
            }
            return;
        }
        String rep = document instanceof Interaction interaction
                ? interaction.contactId()
                : document instanceof Enrollment enrollment ? enrollment.contactId() : document.id();
        subtasks.of(rep)
                .processElement1(
                        new StreamRecord<>(new LedgerChange(rep, collection, document.id(), image, retraction)));
    }

    /** Takes a checkpoint. */
    Subtasks.States barrier() throws Exception {
        subtasks.prepareSnapshotPreBarrier(++checkpoint);
        return subtasks.snapshot(checkpoint);
    }

    /** What was passed on since this was last called. */
    Passed passedOn() {
        Map<RowKey, Row> rows = new HashMap<>();
        DifferenceBuffer sums = new DifferenceBuffer();
        for (var subtask : subtasks.all()) {
            for (Difference difference : subtask.extractOutputValues()) {
                sums.add(difference.key(), difference.accountId(), 1, difference.vector());
            }
            subtask.getOutput().clear();
            Queue<StreamRecord<Row>> side = subtask.getSideOutput(KeepLedgers.ROWS);
            if (side != null) {
                side.forEach(record -> rows.put(RowKey.of(record.getValue()), record.getValue()));
                side.clear();
            }
        }
        Map<String, List<Long>> differences = new HashMap<>();
        sums.drainTo(difference -> {
            List<Long> vector = new ArrayList<>();
            for (long number : difference.vector()) {
                vector.add(number);
            }
            differences.put(difference.key(), vector);
        });
        return new Passed(rows, differences);
    }

    /** Takes a checkpoint, and says what it made pass on. */
    Passed settled() throws Exception {
        barrier();
        return passedOn();
    }

    /** Crashes and goes on from a checkpoint. */
    void restore(Subtasks.States states, int parallelism) throws Exception {
        subtasks.close();
        subtasks = start(parallelism, states);
    }

    /** Goes on from a checkpoint with a build that has this edition. */
    void restore(Subtasks.States states, int parallelism, SerializableSupplier<TzDatabase> edition) throws Exception {
        tzDatabase = edition;
        restore(states, parallelism);
    }

    /** Makes the next checkpoint one of a build that kept no rules of time zones. */
    void forgetRules(String timeZone) throws Exception {
        for (var subtask : subtasks.all()) {
            subtask.getOperator()
                    .getOperatorStateBackend()
                    .getBroadcastState(WorldState.IMAGES)
                    .remove("Z" + timeZone);
        }
    }

    /** The reps whose ledgers each subtask keeps. */
    List<Set<String>> reps() {
        return subtasks.keys("rep");
    }

    /** Those of these reps whose records come to each subtask. */
    List<Set<String>> repsBySubtask(List<String> reps) {
        return subtasks.all().stream()
                .map(subtask ->
                        reps.stream().filter(rep -> subtasks.of(rep) == subtask).collect(Collectors.toSet()))
                .toList();
    }

    @Override
    public void close() {
        subtasks.close();
        backend.close();
    }
}
