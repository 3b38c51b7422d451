package io.retally.bench.ceiling;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.kafka.KafkaMessageSchema;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Reads the change topics from their beginning to where they end at its start, and does no more with a message than {@link
 * Step} says. Source, decoder, state backend and checkpoints are those of `rep-progress`.
 *
 * <p>Arguments: Kafka's address, the topics' prefix, the step.
 */
public final class CeilingJob {
    /** Accumulators: messages read, changes decoded, changes that state was read and written for. */
    public static final String MESSAGES = "messages";

    public static final String CHANGES = "changes";
    public static final String REMEMBERED = "remembered";

    private static final TypeInformation<Tuple2<String, Long>> DOCUMENT_AND_HASH =
            Types.TUPLE(Types.STRING, Types.LONG);

    /** How far a message goes; each step includes those before. */
    public enum Step {
        /** Fetched from Kafka and handed on as bytes. */
        SOURCE,
        /** Decoded to a typed change of a document. */
        DECODE,
        /** Sent to the subtask of its document, where state is read and written once. */
        STATE
    }

    private CeilingJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Step step = Step.valueOf(arguments[2]);
        ChangeTopics topics = new ChangeTopics(arguments[1]);
        // Else the job lingers for a last checkpoint after its work is done: time that `rep-progress` is not charged
        // for.
        env.configure(Configuration.fromMap(
                Map.of("execution.checkpointing.checkpoints-after-tasks-finish", Boolean.toString(false))));
        KafkaSource<KafkaMessage> source = KafkaSource.<KafkaMessage>builder()
                .setBootstrapServers(arguments[0])
                .setTopicPattern(topics.changesPattern())
                .setGroupId("ceiling")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new KafkaMessageSchema())
                .setProperty("isolation.level", "read_committed")
                .build();
        define(env.fromSource(source, WatermarkStrategy.noWatermarks(), "read-changes"), topics, step);
        env.execute("ceiling-" + step);
    }

    static void define(DataStream<KafkaMessage> messages, ChangeTopics topics, Step step) {
        if (step == Step.SOURCE) {
            messages.filter(new CountMessages()).sinkTo(new DiscardingSink<>());
            return;
        }
        DataStream<Tuple2<String, Long>> changes =
                messages.flatMap(new DecodeMessages(topics)).returns(DOCUMENT_AND_HASH);
        if (step == Step.DECODE) {
            changes.sinkTo(new DiscardingSink<>());
            return;
        }
        changes.keyBy(change -> change.f0, Types.STRING)
                .process(new RememberDocuments(), Types.LONG)
                .sinkTo(new DiscardingSink<>());
    }
}
