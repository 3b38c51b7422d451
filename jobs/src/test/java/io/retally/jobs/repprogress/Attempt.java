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
import io.retally.jobs.postgres.TakeOver;
import io.retally.jobs.types.CodecType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.function.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run the job, from its start to its crash: all subtasks of all operators, chained and connected as in {@link
 * RepProgressTopology}.
 */
final class Attempt implements AutoCloseable {

    /** What is chained to what, in the order in which a barrier comes to it. */
    private static final List<List<Operators>> TASKS = List.of(
            List.of(Operators.DECODE_CHANGES),
            List.of(Operators.DIFFERENTIATE_DOCUMENTS, Operators.STAGE_DIMENSIONS),
            List.of(Operators.KEEP_LEDGERS, Operators.STAGE_REPS),
            List.of(Operators.ACCUMULATE_TOTALS, Operators.STAGE_TOTALS),
            List.of(Operators.PUBLISH_EPOCHS));

    private final Deployment deployment;
    private final TestingBackend backend;
    private final Network network;
    private final Map<Operators, Subtasks.States> restored;
    private final Map<Operators, Subtasks<?>> operators = new EnumMap<>(Operators.class);
    private final List<ThrowingConsumer<StreamRecord<KafkaMessage>, Exception>> readers = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    /** The states of all operators at a checkpoint. */
    record Checkpoint(long id, Map<Operators, Subtasks.States> states) {}

    /** Starts the operators, each behind those that it sends to. */
    Attempt(
            ChangeTopics topics,
            PostgresTarget target,
            Deployment deployment,
            TestingBackend backend,
            Network network,
            @Nullable Checkpoint checkpoint)
            throws Exception {
        this.deployment = deployment;
        this.backend = backend;
        this.network = network;
        this.restored = checkpoint == null ? Map.of() : checkpoint.states;
        int maxWaiting = deployment.maxWaiting();

        List<OneInputStreamOperatorTestHarness<EpochPart, Void>> publisher = start(
                Operators.PUBLISH_EPOCHS,
                1,
                (parallelism, subtask) -> new OneInputStreamOperatorTestHarness<>(
                        new PublishEpochs(target, TakeOver.AT_ONCE), 1, parallelism, subtask),
                subtask -> new RoutedOutput<>(nothing -> {}));
        List<ThrowingConsumer<StreamRecord<EpochPart>, Exception>> publish = inputs(publisher);
        var stageDimensions = startStage(Operators.STAGE_DIMENSIONS, target, publish);
        var stageReps = startStage(Operators.STAGE_REPS, target, publish);
        var stageTotals = startStage(Operators.STAGE_TOTALS, target, publish);

        List<OneInputStreamOperatorTestHarness<Difference, Row>> totals = start(
                Operators.ACCUMULATE_TOTALS,
                deployment.parallelism(),
                (parallelism, subtask) -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new Accumulate(maxWaiting, maxWaiting),
                        Difference::key,
                        Types.STRING,
                        Subtasks.MAX_PARALLELISM,
                        parallelism,
                        subtask),
                subtask ->
                        new RoutedOutput<>(chained(stageTotals.get(subtask), StageRows.ROW_TYPE.createSerializer())));

        List<KeyedTwoInputStreamOperatorTestHarness<String, LedgerChange, WorldChange, Difference>> ledgers = start(
                Operators.KEEP_LEDGERS,
                deployment.parallelism(),
                (parallelism, subtask) -> new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeepLedgers(maxWaiting, maxWaiting),
                        LedgerChange::contactId,
                        null,
                        Types.STRING,
                        Subtasks.MAX_PARALLELISM,
                        parallelism,
                        subtask),
                subtask -> new RoutedOutput<>(keyed(
                                inputs(totals), CodecType.of(Difference.class, DifferenceCodec.class), Difference::key))
                        .with(
                                KeepLedgers.ROWS,
                                chained(stageReps.get(subtask), StageRows.ROW_TYPE.createSerializer())));

        List<OneInputStreamOperatorTestHarness<DocumentChange, LedgerChange>> differentiate = start(
                Operators.DIFFERENTIATE_DOCUMENTS,
                deployment.parallelism(),
                (parallelism, subtask) -> new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Differentiate()),
                        DocumentChange::key,
                        Types.STRING,
                        Subtasks.MAX_PARALLELISM,
                        parallelism,
                        subtask),
                subtask -> new RoutedOutput<LedgerChange>(keyed(
                                ledgers.stream()
                                        .<ThrowingConsumer<StreamRecord<LedgerChange>, Exception>>map(
                                                ledger -> ledger::processElement1)
                                        .toList(),
                                LedgerChange.TYPE,
                                LedgerChange::contactId))
                        .with(
                                Differentiate.WORLD,
                                broadcast(
                                        ledgers.stream()
                                                .<ThrowingConsumer<StreamRecord<WorldChange>, Exception>>map(
                                                        ledger -> ledger::processElement2)
                                                .toList(),
                                        WorldChange.TYPE))
                        .with(
                                Differentiate.ROWS,
                                chained(stageDimensions.get(subtask), StageRows.ROW_TYPE.createSerializer())));

        List<OneInputStreamOperatorTestHarness<KafkaMessage, DocumentChange>> decode = start(
                Operators.DECODE_CHANGES,
                deployment.parallelism(),
                (parallelism, subtask) -> new OneInputStreamOperatorTestHarness<>(
                        new Decode(topics), Subtasks.MAX_PARALLELISM, parallelism, subtask),
                subtask -> new RoutedOutput<>(keyed(inputs(differentiate), DocumentChange.TYPE, DocumentChange::key))
                        .with(Decode.PROGRESS, broadcast(publish, EpochPart.TYPE))
                        .with(Decode.DEAD_LETTERS, letter -> deadLetters.add(letter.getValue())));
        TypeSerializer<KafkaMessage> messages =
                TypeInformation.of(KafkaMessage.class).createSerializer(new SerializerConfigImpl());
        decode.forEach(reader -> readers.add(chained(reader, messages)));
    }

    private List<OneInputStreamOperatorTestHarness<Row, EpochPart>> startStage(
            Operators operator,
            PostgresTarget target,
            List<ThrowingConsumer<StreamRecord<EpochPart>, Exception>> publish)
            throws Exception {
        return start(
                operator,
                deployment.parallelism(),
                (parallelism, subtask) -> new OneInputStreamOperatorTestHarness<>(
                        new StageRows(target, deployment.maxWaiting()), Subtasks.MAX_PARALLELISM, parallelism, subtask),
                subtask -> new RoutedOutput<>(broadcast(publish, EpochPart.TYPE)));
    }

    private <T, H extends AbstractStreamOperatorTestHarness<T>> List<H> start(
            Operators operator, int parallelism, Subtasks.Factory<H> factory, IntFunction<RoutedOutput<T>> output)
            throws Exception {
        Subtasks<H> subtasks = Subtasks.start(
                backend,
                parallelism,
                factory,
                (harness, subtask) -> output.apply(subtask).replaceOutputOf(harness),
                restored.get(operator));
        operators.put(operator, subtasks);
        return subtasks.all();
    }

    private static <T> List<ThrowingConsumer<StreamRecord<T>, Exception>> inputs(
            List<? extends OneInputStreamOperatorTestHarness<T, ?>> harnesses) {
        return harnesses.stream()
                .<ThrowingConsumer<StreamRecord<T>, Exception>>map(harness -> harness::processElement)
                .toList();
    }

    /** The way to an operator of the same task, which sees the very object if objects are reused. */
    private <T> ThrowingConsumer<StreamRecord<T>, Exception> chained(
            OneInputStreamOperatorTestHarness<T, ?> next, TypeSerializer<T> serializer) {
        return deployment.objectReuse()
                ? next::processElement
                : record -> next.processElement(record.copy(serializer.copy(record.getValue())));
    }

    /** A sender's way to that of the receivers which has the key. */
    private <T> ThrowingConsumer<StreamRecord<T>, Exception> keyed(
            List<ThrowingConsumer<StreamRecord<T>, Exception>> receivers,
            CodecType<T> type,
            KeySelector<T, String> key) {
        List<Network.Channel<T>> channels = channels(receivers, type);
        return record -> {
            T value = record.getValue();
            int receiver = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key.getKey(value), Subtasks.MAX_PARALLELISM, channels.size());
            channels.get(receiver).send(value);
        };
    }

    /** A sender's way to all receivers. */
    private <T> ThrowingConsumer<StreamRecord<T>, Exception> broadcast(
            List<ThrowingConsumer<StreamRecord<T>, Exception>> receivers, CodecType<T> type) {
        List<Network.Channel<T>> channels = channels(receivers, type);
        return record -> {
            for (Network.Channel<T> channel : channels) {
                channel.send(record.getValue());
            }
        };
    }

    private <T> List<Network.Channel<T>> channels(
            List<ThrowingConsumer<StreamRecord<T>, Exception>> receivers, CodecType<T> type) {
        return receivers.stream()
                .map(receiver -> network.channelTo(receiver, type.createSerializer()))
                .toList();
    }

    /** Reads a message where its partition is read. */
    void read(KafkaMessage message) throws Exception {
        int reader = Math.floorMod(31 * message.topic().hashCode() + message.partition(), readers.size());
        readers.get(reader).accept(new StreamRecord<>(message));
        network.deliverSome();
    }

    /** The dead letters so far. */
    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Sends a barrier through. Each task passes it on when it has come from all senders. */
    Checkpoint barrier(long checkpoint) throws Exception {
        Map<Operators, Subtasks.States> states = new EnumMap<>(Operators.class);
        for (List<Operators> task : TASKS) {
            network.deliverAll();
            for (Operators operator : task) {
                subtasks(operator).prepareSnapshotPreBarrier(checkpoint);
            }
            for (Operators operator : task) {
                states.put(operator, subtasks(operator).snapshot(checkpoint));
            }
        }
        return new Checkpoint(checkpoint, states);
    }

    void complete(Checkpoint checkpoint) throws Exception {
        for (Subtasks<?> subtasks : operators.values()) {
            subtasks.notifyOfCompletedCheckpoint(checkpoint.id);
        }
    }

    Subtasks<?> subtasks(Operators operator) {
        return Objects.requireNonNull(operators.get(operator));
    }

    @Override
    public void close() {
        for (Subtasks<?> subtasks : operators.values()) {
            subtasks.close();
        }
    }
}
