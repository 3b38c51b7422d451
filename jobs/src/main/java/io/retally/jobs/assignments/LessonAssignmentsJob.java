package io.retally.jobs.assignments;

import io.retally.jobs.kafka.ChangeSource;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.kafka.WriteDeadLetters;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Job {@code lesson-assignments}: from the change topics and the rules in Kafka to the assignments in MongoDB. */
public final class LessonAssignmentsJob {

    private LessonAssignmentsJob() {}

    public static void main(String[] arguments) throws Exception {
        LessonAssignmentsConfig config = LessonAssignmentsConfig.parse(arguments);
        config.kafka().checkAccess();
        config.target().checkAccess();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, config);
        env.execute(Operators.JOB);
    }

    static void define(StreamExecutionEnvironment env, LessonAssignmentsConfig config) {
        ChangeTopics topics = new ChangeTopics(config.topicPrefix());
        LessonAssignmentsTopology.define(
                read(
                        env,
                        ChangeSource.of(config.kafka(), topics, config.kafkaGroup()),
                        Operators.READ_CHANGES,
                        "the live and the backfill topics of Kafka"),
                read(
                        env,
                        ChangeSource.ofRules(config.kafka(), topics, config.kafkaGroup()),
                        Operators.READ_RULES,
                        "the topic of rules"),
                topics,
                letters -> WriteDeadLetters.to(
                                letters,
                                config.kafka(),
                                topics.deadLetters(),
                                topics.assignmentRulesPattern(),
                                Operators.WRITE_DEAD_LETTERS.id())
                        .uid(Operators.WRITE_DEAD_LETTERS.id())
                        .setDescription(Operators.WRITE_DEAD_LETTERS.id()
                                + ": messages about rules that cannot be used, each once, with its reason"),
                config.target()::forEachId,
                config.target().sink());
    }

    private static DataStream<KafkaMessage> read(
            StreamExecutionEnvironment env, KafkaSource<KafkaMessage> source, Operators operator, String description) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), operator.id())
                .uid(operator.id())
                .setDescription(operator.id() + ": " + description);
    }
}
