package io.retally.jobs.assignments;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.Difference;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.mongo.AssignmentChange;
import io.retally.jobs.operators.KeyedAndBroadcast;
import io.retally.jobs.repprogress.Decode;
import io.retally.jobs.repprogress.Differentiate;
import io.retally.jobs.repprogress.DocumentChange;
import io.retally.jobs.repprogress.KeepLedgers;
import io.retally.jobs.repprogress.LedgerChange;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The job's operators, from messages to assignments. Those of {@code rep-progress} settle what each rep has done, with state of
 * their own; of what they pass on the rows of {@code rep_lesson} are used.
 *
 * <pre>
 * changes ─ decode ─ differentiate ─ ledgers ─ lesson rows ─┐
 *                                                           ├─ decide ─ write
 * rules ─── decode ─────────────────────────────────────────┘
 *              └─ dead letters
 * </pre>
 */
public final class LessonAssignmentsTopology {

    /** The key groups of keyed state, and so the highest parallelism. Savepoints hang on it as on uids: it never changes. */
    static final int MAX_PARALLELISM = 128;

    private LessonAssignmentsTopology() {}

    /**
     * Defines the job.
     *
     * @param messages the messages of all change topics, those of one partition in order. What of them cannot be used is passed
     *     over: {@code rep-progress} writes the letters
     * @param ruleMessages those of the topic of rules
     * @param topics which topic means what
     * @param deadLetters takes the messages about rules that cannot be used
     * @param stored the ids of what MongoDB holds
     * @param assignments takes what changes, in order
     */
    static void define(
            DataStream<KafkaMessage> messages,
            DataStream<KafkaMessage> ruleMessages,
            ChangeTopics topics,
            Consumer<DataStream<DeadLetter>> deadLetters,
            DecideAssignments.StoredIds stored,
            Sink<AssignmentChange> assignments) {
        messages.getExecutionEnvironment().setMaxParallelism(MAX_PARALLELISM);
        SingleOutputStreamOperator<DocumentChange> changes = named(
                Operators.DECODE_CHANGES,
                messages.transform(Operators.DECODE_CHANGES.id(), DocumentChange.TYPE, new Decode(topics)),
                "reads Debezium's messages; passes over what cannot be used");

        SingleOutputStreamOperator<LedgerChange> ledgerChanges = named(
                Operators.DIFFERENTIATE_DOCUMENTS,
                changes.keyBy(DocumentChange::key, Types.STRING).process(new Differentiate(), LedgerChange.TYPE),
                "by document: what a new version retracts and what it adds");

        SingleOutputStreamOperator<Difference> ledgers = named(
                Operators.KEEP_LEDGERS,
                KeyedAndBroadcast.transform(
                        ledgerChanges.keyBy(LedgerChange::contactId, Types.STRING),
                        ledgerChanges.getSideOutput(Differentiate.WORLD).broadcast(),
                        Operators.KEEP_LEDGERS.id(),
                        KeepLedgers.DIFFERENCE_TYPE,
                        new KeepLedgers()),
                "by rep: settles what happened, once an epoch; passes on its rows");

        SingleOutputStreamOperator<Row> lessonRows = named(
                Operators.SELECT_LESSON_ROWS,
                ledgers.getSideOutput(KeepLedgers.ROWS).filter(row -> row.table() == ServingTable.REP_LESSON),
                "how each rep stands in each lesson");

        SingleOutputStreamOperator<RuleChange> rules = named(
                Operators.DECODE_RULES,
                ruleMessages.process(new DecodeRules(), RuleChange.TYPE),
                "reads Debezium's messages about rules; what cannot be used goes to the dead letters");
        deadLetters.accept(rules.getSideOutput(DecodeRules.DEAD_LETTERS));

        named(
                        Operators.DECIDE_ASSIGNMENTS,
                        KeyedAndBroadcast.transform(
                                lessonRows.keyBy(LessonAssignmentsTopology::contactId, Types.STRING),
                                rules.broadcast(),
                                Operators.DECIDE_ASSIGNMENTS.id(),
                                AssignmentChange.TYPE,
                                new DecideAssignments(stored)),
                        "by rep: decides by the rules; passes on what a complete checkpoint holds")
                .sinkTo(assignments)
                .name(Operators.WRITE_ASSIGNMENTS.id())
                .uid(Operators.WRITE_ASSIGNMENTS.id())
                .setDescription(Operators.WRITE_ASSIGNMENTS.id() + ": upserts and deletes documents of MongoDB");
    }

    private static String contactId(Row lessonRow) {
        return (String) Objects.requireNonNull(lessonRow.values()[0]);
    }

    private static <T> SingleOutputStreamOperator<T> named(
            Operators operator, SingleOutputStreamOperator<T> stream, String description) {
        return stream.name(operator.id()).uid(operator.id()).setDescription(operator.id() + ": " + description);
    }
}
