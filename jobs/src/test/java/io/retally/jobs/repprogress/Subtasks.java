package io.retally.jobs.repprogress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.contrib.streaming.state.RocksDBKeyedStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The subtasks of one operator, each in a harness of its own with its share of key groups and state. Restored from another
 * number of subtasks, state is distributed anew by Flink's own rules.
 *
 * @param <H> the harness
 */
public final class Subtasks<H extends AbstractStreamOperatorTestHarness<?>> implements AutoCloseable {

    public static final int MAX_PARALLELISM = 128;

    /** Of one state of one subtask: some documents of MongoDB's 16 MB. */
    private static final int STATE_BYTES_MAX = 128 << 20;

    private final TestingBackend backend;
    private final List<H> harnesses = new ArrayList<>();

    /** Makes a harness. */
    public interface Factory<H> {
        H create(int parallelism, int subtask) throws Exception;
    }

    /** Says where a subtask's output goes. */
    public interface Setup<H> {
        void setUp(H harness, int subtask) throws Exception;
    }

    /** The states of all subtasks at a checkpoint. */
    public record States(long checkpoint, List<OperatorSubtaskState> states) {}

    private Subtasks(TestingBackend backend) {
        this.backend = backend;
    }

    /** Starts subtasks, from empty state or from what {@link #snapshot} returned. */
    public static <H extends AbstractStreamOperatorTestHarness<?>> Subtasks<H> start(
            TestingBackend backend, int parallelism, Factory<H> factory, Setup<H> setup, @Nullable States restored)
            throws Exception {
        Subtasks<H> subtasks = new Subtasks<>(backend);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            H harness = factory.create(parallelism, subtask);
            subtasks.harnesses.add(harness);
            harness.setStateBackend(backend.stateBackend());
            harness.setCheckpointStorage(new JobManagerCheckpointStorage(STATE_BYTES_MAX));
            setup.setUp(harness, subtask);
            if (restored != null) {
                harness.setRestoredCheckpointId(restored.checkpoint);
                harness.initializeState(share(restored.states, parallelism, subtask));
            }
            harness.open();
        }
        return subtasks;
    }

    private static OperatorSubtaskState share(List<OperatorSubtaskState> states, int parallelism, int subtask)
            throws Exception {
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(new OperatorSubtaskState[0]));
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, MAX_PARALLELISM, states.size(), parallelism, subtask);
    }

    public List<H> all() {
        return harnesses;
    }

    /** The subtask that a key's records come to. */
    public H of(String key) {
        return harnesses.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, harnesses.size()));
    }

    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        for (H harness : harnesses) {
            harness.prepareSnapshotPreBarrier(checkpoint);
        }
    }

    public States snapshot(long checkpoint) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (H harness : harnesses) {
            states.add(backend.completed(harness.snapshot(checkpoint, 0), checkpoint));
        }
        return new States(checkpoint, states);
    }

    public void notifyOfCompletedCheckpoint(long checkpoint) throws Exception {
        for (H harness : harnesses) {
            harness.notifyOfCompletedCheckpoint(checkpoint);
        }
    }

    /** The keys that a keyed state has entries of, subtask by subtask. */
    List<Set<String>> keys(String state) {
        return harnesses.stream()
                .map(harness -> keys(keyedState(harness), state))
                .toList();
    }

    /** All entries of a keyed state. */
    <V> Map<String, V> values(ValueStateDescriptor<V> descriptor) throws Exception {
        Map<String, V> values = new HashMap<>();
        for (H harness : harnesses) {
            KeyedStateBackend<String> keyed = keyedState(harness);
            ValueState<V> state =
                    keyed.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
            for (String key : keys(keyed, descriptor.getName())) {
                keyed.setCurrentKey(key);
                values.put(key, state.value());
            }
        }
        return values;
    }

    /** All entries of all keyed states as RocksDB has them. */
    Map<String, String> rawEntries() throws ReflectiveOperationException {
        Map<String, String> entries = new HashMap<>();
        for (H harness : harnesses) {
            entries.putAll(RawState.entries((RocksDBKeyedStateBackend<?>) keyedState(harness)));
        }
        return entries;
    }

    /** Merges all files of RocksDB. */
    void compact() throws ReflectiveOperationException, RocksDBException {
        for (H harness : harnesses) {
            RawState.compact((RocksDBKeyedStateBackend<?>) keyedState(harness));
        }
    }

    /** The number of entries of all keyed states; on the heap a map is one. */
    public int numKeyedStateEntries() {
        return harnesses.stream()
                .mapToInt(harness -> ((TestableKeyedStateBackend<?>) keyedState(harness)).numKeyValueStateEntries())
                .sum();
    }

    /** A broadcast state as each subtask has it: the entries of all of them. */
    <K, V> List<Map.Entry<K, V>> broadcast(MapStateDescriptor<K, V> descriptor) throws Exception {
        List<Map.Entry<K, V>> entries = new ArrayList<>();
        for (H harness : harnesses) {
            ((AbstractStreamOperator<?>) harness.getOperator())
                    .getOperatorStateBackend()
                    .getBroadcastState(descriptor)
                    .immutableEntries()
                    .forEach(entries::add);
        }
        return entries;
    }

    private static Set<String> keys(KeyedStateBackend<String> keyed, String state) {
        try (Stream<String> keys = keyed.getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.collect(Collectors.toSet());
        }
    }

    private static KeyedStateBackend<String> keyedState(AbstractStreamOperatorTestHarness<?> harness) {
        return ((AbstractStreamOperator<?>) harness.getOperator()).getKeyedStateBackend();
    }

    @Override
    public void close() {
        try {
            for (H harness : harnesses) {
                harness.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("an operator cannot be closed", e);
        }
    }
}
