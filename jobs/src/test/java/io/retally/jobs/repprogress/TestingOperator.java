package io.retally.jobs.repprogress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A keyed operator with one input alone, in any number of subtasks. */
final class TestingOperator<I, O> implements AutoCloseable {

    private final TestingBackend backend;
    private final Supplier<OneInputStreamOperator<I, O>> operator;
    private final KeySelector<I, String> key;
    private final TypeSerializer<O> serializer;
    private Subtasks<KeyedOneInputStreamOperatorTestHarness<String, I, O>> subtasks;
    private long checkpoint;

    /** Starts one subtask. */
    TestingOperator(
            TestingBackend.Kind kind,
            Path folder,
            Supplier<OneInputStreamOperator<I, O>> operator,
            KeySelector<I, String> key,
            TypeSerializer<O> serializer)
            throws Exception {
        this.backend = new TestingBackend(kind, folder);
        this.operator = operator;
        this.key = key;
        this.serializer = serializer;
        this.subtasks = start(1, null);
    }

    private Subtasks<KeyedOneInputStreamOperatorTestHarness<String, I, O>> start(
            int parallelism, Subtasks.@Nullable States restored) throws Exception {
        return Subtasks.start(
                backend,
                parallelism,
                (n, subtask) -> new KeyedOneInputStreamOperatorTestHarness<>(
                        operator.get(), key, Types.STRING, Subtasks.MAX_PARALLELISM, n, subtask),
                (harness, subtask) -> harness.setup(serializer),
                restored);
    }

    void process(I element) throws Exception {
        subtasks.of(key.getKey(element)).processElement(new StreamRecord<>(element));
    }

    /** Takes a checkpoint. */
    Subtasks.States barrier() throws Exception {
        subtasks.prepareSnapshotPreBarrier(++checkpoint);
        return subtasks.snapshot(checkpoint);
    }

    /** Crashes and goes on from a checkpoint. */
    void restore(Subtasks.States states, int parallelism) throws Exception {
        subtasks.close();
        subtasks = start(parallelism, states);
    }

    /** What was passed on since this was last called. */
    List<O> passedOn() {
        List<O> values = new ArrayList<>();
        for (var subtask : subtasks.all()) {
            values.addAll(subtask.extractOutputValues());
            subtask.getOutput().clear();
        }
        return values;
    }

    /** What was passed on to a side output since this was last called. */
    <X> List<X> passedOn(OutputTag<X> tag) {
        List<X> values = new ArrayList<>();
        for (var subtask : subtasks.all()) {
            Queue<StreamRecord<X>> records = subtask.getSideOutput(tag);
            if (records != null) {
                records.forEach(record -> values.add(record.getValue()));
                records.clear();
            }
        }
        return values;
    }

    Subtasks<?> subtasks() {
        return subtasks;
    }

    @Override
    public void close() {
        subtasks.close();
        backend.close();
    }
}
