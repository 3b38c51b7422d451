package io.retally.jobs.postgres;

import io.retally.core.serving.Row;
import io.retally.core.serving.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * One start of the job's writers and publisher, with barriers at the test's will. To close it is to crash: nothing is
 * flushed.
 */
final class TestingJob implements AutoCloseable {

    private final PostgresTarget target;
    private final List<OneInputStreamOperatorTestHarness<Row, EpochPart>> writers = new ArrayList<>();
    private final OneInputStreamOperatorTestHarness<EpochPart, Void> publisher;

    /** What a checkpoint keeps of the publisher; writers have no state. */
    record Checkpoint(long id, OperatorSubtaskState publisher) {}

    /** Starts from empty state. */
    static TestingJob start(PostgresTarget target) throws Exception {
        return new TestingJob(target, TakeOver.AT_ONCE, null);
    }

    static TestingJob restore(PostgresTarget target, Checkpoint checkpoint) throws Exception {
        return new TestingJob(target, TakeOver.AT_ONCE, checkpoint);
    }

    /** Starts from empty state, or from a checkpoint, and leaves the tables to others until it has caught up. */
    static TestingJob rebuild(PostgresTarget target, @Nullable Checkpoint checkpoint) throws Exception {
        return new TestingJob(target, TakeOver.CAUGHT_UP, checkpoint);
    }

    private TestingJob(PostgresTarget target, TakeOver takeOver, @Nullable Checkpoint restored) throws Exception {
        this.target = target;
        publisher = new OneInputStreamOperatorTestHarness<>(new PublishEpochs(target, takeOver));
        try {
            if (restored != null) {
                publisher.setRestoredCheckpointId(restored.id);
                publisher.initializeState(restored.publisher);
            }
            publisher.open();
            startWriter();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Starts one more writer; subtasks start one after the other, and some write before others have started. */
    TestingJob startWriter() throws Exception {
        OneInputStreamOperatorTestHarness<Row, EpochPart> writer =
                new OneInputStreamOperatorTestHarness<>(new StageRows(target));
        writers.add(writer);
        writer.setup(EpochPart.TYPE.createSerializer());
        writer.open();
        return this;
    }

    /** Rows of the open epoch. All versions of a row come to one writer. */
    void write(Row... rows) throws Exception {
        for (Row row : rows) {
            writers.get(Math.floorMod(RowKey.of(row).hashCode(), writers.size()))
                    .processElement(new StreamRecord<>(row));
        }
        handOn();
    }

    /** The open epoch now stands for the messages of this partition below {@code nextOffset}. */
    void read(String topic, int partition, long nextOffset, long newestChange) throws Exception {
        publisher.processElement(new StreamRecord<>(new SourceProgress(
                Map.of(new SourceProgress.TopicPartition(topic, partition), nextOffset), newestChange)));
    }

    /** Has the writers stage what waits, as a barrier does that never reaches the publisher. */
    void stage() throws Exception {
        for (OneInputStreamOperatorTestHarness<Row, EpochPart> writer : writers) {
            writer.prepareSnapshotPreBarrier(0);
        }
        handOn();
    }

    /** Sends a barrier through. */
    Checkpoint barrier(long checkpoint) throws Exception {
        stage();
        return new Checkpoint(checkpoint, publisher.snapshot(checkpoint, 0));
    }

    /** The checkpoint is complete. */
    void complete(long checkpoint) throws Exception {
        publisher.notifyOfCompletedCheckpoint(checkpoint);
    }

    /** A barrier, and the checkpoint completes. */
    Checkpoint publish(long checkpoint) throws Exception {
        Checkpoint kept = barrier(checkpoint);
        complete(checkpoint);
        return kept;
    }

    private void handOn() throws Exception {
        for (OneInputStreamOperatorTestHarness<Row, EpochPart> writer : writers) {
            for (EpochPart part : writer.extractOutputValues()) {
                publisher.processElement(new StreamRecord<>(part));
            }
            writer.getOutput().clear();
        }
    }

    @Override
    public void close() {
        try {
            for (OneInputStreamOperatorTestHarness<Row, EpochPart> writer : writers) {
                writer.close();
            }
            publisher.close();
        } catch (Exception e) {
            throw new IllegalStateException("a writer or the publisher cannot be closed", e);
        }
    }
}
