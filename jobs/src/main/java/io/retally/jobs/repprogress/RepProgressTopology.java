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
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The job's operators, from messages to published epochs:
 *
 * <pre>
 * messages ─ decode ─ differentiate ─ ledgers ─ totals ─┐
 *              │            │            └─ rep rows ───┤
 *              │            └─ dimension rows ──────────┼─ stage ─ publish
 *              ├─ how far it has read ──────────────────┘
 *              └─ dead letters
 * </pre>
 */
public final class RepProgressTopology {

    /**
     * The key groups of keyed state, and so the highest parallelism. Savepoints hang on it as on uids: it never changes. It is
     * what Flink would choose for a parallelism up to 85, said here so that another one starts no other state.
     */
    static final int MAX_PARALLELISM = 128;

    private static final CodecType<Difference> DIFFERENCE = CodecType.of(Difference.class, DifferenceCodec.class);

    private RepProgressTopology() {}

    /**
     * Defines the job.
     *
     * @param messages the messages of all change topics, those of one partition in order
     * @param topics which topic means what
     * @param deadLetters takes the messages that cannot be used
     * @param target where the tables are
     * @param takeOver when a job that begins from empty state replaces what they hold
     */
    public static void define(
            DataStream<KafkaMessage> messages,
            ChangeTopics topics,
            Consumer<DataStream<DeadLetter>> deadLetters,
            PostgresTarget target,
            TakeOver takeOver) {
        messages.getExecutionEnvironment().setMaxParallelism(MAX_PARALLELISM);
        SingleOutputStreamOperator<DocumentChange> changes = named(
                Operators.DECODE_CHANGES,
                messages.transform(Operators.DECODE_CHANGES.id(), DocumentChange.TYPE, new Decode(topics)),
                "reads Debezium's messages; what cannot be used goes to the dead letters");
        deadLetters.accept(changes.getSideOutput(Decode.DEAD_LETTERS));

        SingleOutputStreamOperator<LedgerChange> ledgerChanges = named(
                Operators.DIFFERENTIATE_DOCUMENTS,
                changes.keyBy(DocumentChange::key, Types.STRING).process(new Differentiate(), LedgerChange.TYPE),
                "by document: what a new version retracts and what it adds");

        SingleOutputStreamOperator<Difference> differences = keepLedgers(
                ledgerChanges.keyBy(LedgerChange::contactId, Types.STRING),
                ledgerChanges.getSideOutput(Differentiate.WORLD).broadcast());

        SingleOutputStreamOperator<Row> totals = named(
                Operators.ACCUMULATE_TOTALS,
                differences
                        .keyBy(Difference::key, Types.STRING)
                        .transform(Operators.ACCUMULATE_TOTALS.id(), StageRows.ROW_TYPE, new Accumulate()),
                "by row of totals: adds up the differences of all reps, once an epoch");

        DataStream<EpochPart> parts = changes.getSideOutput(Decode.PROGRESS)
                .union(
                        stage(Operators.STAGE_DIMENSIONS, ledgerChanges.getSideOutput(Differentiate.ROWS), target),
                        stage(Operators.STAGE_REPS, differences.getSideOutput(KeepLedgers.ROWS), target),
                        stage(Operators.STAGE_TOTALS, totals, target));
        named(
                        Operators.PUBLISH_EPOCHS,
                        parts.global()
                                .transform(
                                        Operators.PUBLISH_EPOCHS.id(), Types.VOID, new PublishEpochs(target, takeOver)),
                        "makes all tables of an epoch visible in one transaction, when its checkpoint is complete")
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** The keyed input and the broadcast one meet in one operator, which Flink's builders offer for functions only. */
    private static SingleOutputStreamOperator<Difference> keepLedgers(
            KeyedStream<LedgerChange, String> changes, DataStream<WorldChange> world) {
        TwoInputTransformation<LedgerChange, WorldChange, Difference> transformation = new TwoInputTransformation<>(
                changes.getTransformation(),
                world.getTransformation(),
                Operators.KEEP_LEDGERS.id(),
                new KeepLedgers(),
                DIFFERENCE,
                changes.getExecutionEnvironment().getParallelism());
        transformation.setStateKeySelectors(changes.getKeySelector(), null);
        transformation.setStateKeyType(Types.STRING);
        changes.getExecutionEnvironment().addOperator(transformation);
        return named(
                Operators.KEEP_LEDGERS,
                new Operator<>(changes.getExecutionEnvironment(), transformation),
                "by rep: settles what happened, once an epoch; passes on its rows and the differences of its share in totals");
    }

    private static final class Operator<T> extends SingleOutputStreamOperator<T> {
        Operator(StreamExecutionEnvironment env, Transformation<T> transformation) {
            super(env, transformation);
        }
    }

    private static DataStream<EpochPart> stage(Operators operator, DataStream<Row> rows, PostgresTarget target) {
        return named(
                operator,
                rows.forward().transform(operator.id(), EpochPart.TYPE, new StageRows(target)),
                "copies the epoch's rows to PostgreSQL, where nobody reads them yet");
    }

    private static <T> SingleOutputStreamOperator<T> named(
            Operators operator, SingleOutputStreamOperator<T> stream, String description) {
        return stream.name(operator.id()).uid(operator.id()).setDescription(operator.id() + ": " + description);
    }
}
