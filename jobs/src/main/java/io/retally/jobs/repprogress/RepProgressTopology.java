package io.retally.jobs.repprogress;

import io.retally.core.serving.Row;
import io.retally.core.total.Difference;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.operators.KeyedAndBroadcast;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.PublishEpochs;
import io.retally.jobs.postgres.StageRows;
import io.retally.jobs.postgres.TakeOver;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

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

        SingleOutputStreamOperator<Difference> differences = named(
                Operators.KEEP_LEDGERS,
                KeyedAndBroadcast.transform(
                        ledgerChanges.keyBy(LedgerChange::contactId, Types.STRING),
                        ledgerChanges.getSideOutput(Differentiate.WORLD).broadcast(),
                        Operators.KEEP_LEDGERS.id(),
                        KeepLedgers.DIFFERENCE_TYPE,
                        new KeepLedgers()),
                "by rep: settles what happened, once an epoch; passes on its rows and the differences of its share in totals");

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
