package io.retally.jobs.repprogress;

import io.retally.core.serving.Row;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceCodec;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.PublishEpochs;
import io.retally.jobs.postgres.StageRows;
import io.retally.jobs.types.CodecType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The job's operators one behind the other in one thread, with barriers, crashes and restores at the test's will. */
final class OperatorChain {

    private final OneInputStreamOperatorTestHarness<KafkaMessage, DocumentChange> decode;
    private final KeyedOneInputStreamOperatorTestHarness<String, DocumentChange, LedgerChange> differentiate;
    private final KeyedTwoInputStreamOperatorTestHarness<String, LedgerChange, WorldChange, Difference> ledgers;
    private final KeyedOneInputStreamOperatorTestHarness<String, Difference, Row> totals;
    private final OneInputStreamOperatorTestHarness<Row, EpochPart> stageDimensions;
    private final OneInputStreamOperatorTestHarness<Row, EpochPart> stageReps;
    private final OneInputStreamOperatorTestHarness<Row, EpochPart> stageTotals;
    private final OneInputStreamOperatorTestHarness<EpochPart, Void> publish;
    private final List<AbstractStreamOperatorTestHarness<?>> all;
    final List<DeadLetter> deadLetters = new ArrayList<>();

    OperatorChain(ChangeTopics topics, PostgresTarget target) throws Exception {
        this(topics, target, null);
    }

    /** Starts the operators, from the states that {@link #barrier} returned if there are any. */
    OperatorChain(ChangeTopics topics, PostgresTarget target, @Nullable Checkpoint restored) throws Exception {
        decode = new OneInputStreamOperatorTestHarness<>(new Decode(topics));
        differentiate = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Differentiate()), DocumentChange::key, Types.STRING);
        ledgers = new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeepLedgers(), LedgerChange::contactId, null, Types.STRING);
        totals = new KeyedOneInputStreamOperatorTestHarness<>(new Accumulate(), Difference::key, Types.STRING);
        stageDimensions = new OneInputStreamOperatorTestHarness<>(new StageRows(target));
        stageReps = new OneInputStreamOperatorTestHarness<>(new StageRows(target));
        stageTotals = new OneInputStreamOperatorTestHarness<>(new StageRows(target));
        publish = new OneInputStreamOperatorTestHarness<>(new PublishEpochs(target));
        all = List.of(decode, differentiate, ledgers, totals, stageDimensions, stageReps, stageTotals, publish);
        decode.setup(DocumentChange.TYPE.createSerializer());
        differentiate.setup(LedgerChange.TYPE.createSerializer());
        ledgers.setup(CodecType.of(Difference.class, DifferenceCodec.class).createSerializer());
        totals.setup(StageRows.ROW_TYPE.createSerializer());
        stageDimensions.setup(EpochPart.TYPE.createSerializer());
        stageReps.setup(EpochPart.TYPE.createSerializer());
        stageTotals.setup(EpochPart.TYPE.createSerializer());
        for (int i = 0; i < all.size(); i++) {
            AbstractStreamOperatorTestHarness<?> harness = all.get(i);
            harness.getExecutionConfig().enableObjectReuse();
            if (restored != null) {
                harness.setRestoredCheckpointId(restored.id);
                harness.initializeState(restored.states.get(i));
            }
            harness.open();
        }
    }

    /** The states of all operators at a barrier. */
    record Checkpoint(long id, List<OperatorSubtaskState> states) {}

    void read(KafkaMessage message) throws Exception {
        decode.processElement(new StreamRecord<>(message));
        pump();
    }

    /** Sends a barrier through; the epoch before it is published only when {@link #complete} is called. */
    Checkpoint barrier(long checkpoint) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (AbstractStreamOperatorTestHarness<?> harness : all) {
            harness.prepareSnapshotPreBarrier(checkpoint);
            pump();
            states.add(harness.snapshot(checkpoint, 0));
        }
        return new Checkpoint(checkpoint, states);
    }

    void complete(long checkpoint) throws Exception {
        publish.notifyOfCompletedCheckpoint(checkpoint);
    }

    /** Keyed state entries, by operator and state: nothing may be left of what is gone. */
    int keyedEntries() {
        return differentiate.numKeyedStateEntries() + ledgers.numKeyedStateEntries() + totals.numKeyedStateEntries();
    }

    int keyedEntriesOfLedgersAndTotals() {
        return ledgers.numKeyedStateEntries() + totals.numKeyedStateEntries();
    }

    /** Hands every output on to the operator behind, until nothing is left. */
    private void pump() throws Exception {
        for (DocumentChange change : drain(decode)) {
            differentiate.processElement(new StreamRecord<>(change));
        }
        deadLetters.addAll(drain(decode, Decode.DEAD_LETTERS));
        for (LedgerChange change : drain(differentiate)) {
            ledgers.processElement1(new StreamRecord<>(change));
        }
        for (WorldChange change : drain(differentiate, Differentiate.WORLD)) {
            ledgers.processElement2(new StreamRecord<>(change));
        }
        for (Difference difference : drain(ledgers)) {
            totals.processElement(new StreamRecord<>(difference));
        }
        stage(drain(differentiate, Differentiate.ROWS), stageDimensions);
        stage(drain(ledgers, KeepLedgers.ROWS), stageReps);
        stage(drain(totals), stageTotals);
        publish(drain(decode, Decode.PROGRESS));
        publish(drain(stageDimensions));
        publish(drain(stageReps));
        publish(drain(stageTotals));
    }

    private static void stage(List<Row> rows, OneInputStreamOperatorTestHarness<Row, EpochPart> stage)
            throws Exception {
        for (Row row : rows) {
            stage.processElement(new StreamRecord<>(row));
        }
    }

    private void publish(List<EpochPart> parts) throws Exception {
        for (EpochPart part : parts) {
            publish.processElement(new StreamRecord<>(part));
        }
    }

    private static <T> List<T> drain(AbstractStreamOperatorTestHarness<T> harness) {
        List<T> values = harness.extractOutputValues();
        harness.getOutput().clear();
        return values;
    }

    private static <T> List<T> drain(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
        Queue<StreamRecord<T>> output = harness.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (output != null) {
            output.forEach(record -> values.add(record.getValue()));
            output.clear();
        }
        return values;
    }

    void close() throws Exception {
        for (AbstractStreamOperatorTestHarness<?> harness : all) {
            harness.close();
        }
    }
}
