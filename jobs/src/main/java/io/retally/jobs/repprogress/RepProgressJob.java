package io.retally.jobs.repprogress;

import io.retally.jobs.kafka.ChangeSource;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.WriteDeadLetters;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Job {@code rep-progress}: from the change topics in Kafka to the serving tables in PostgreSQL. */
public final class RepProgressJob {

    private RepProgressJob() {}

    public static void main(String[] arguments) throws Exception {
        RepProgressConfig config = RepProgressConfig.parse(arguments);
        config.kafka().checkAccess();
        config.postgres().checkAccess();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, config);
        env.execute(Operators.JOB);
    }

    static void define(StreamExecutionEnvironment env, RepProgressConfig config) {
        ChangeTopics topics = new ChangeTopics(config.topicPrefix());
        RepProgressTopology.define(
                env.fromSource(
                                ChangeSource.of(config.kafka(), topics, config.kafkaGroup()),
                                WatermarkStrategy.noWatermarks(),
                                Operators.READ_CHANGES.id())
                        .uid(Operators.READ_CHANGES.id())
                        .setDescription(Operators.READ_CHANGES.id() + ": the live and the backfill topics of Kafka"),
                topics,
                letters -> WriteDeadLetters.to(
                                letters,
                                config.kafka(),
                                topics.deadLetters(),
                                topics.changesPattern(),
                                Operators.WRITE_DEAD_LETTERS.id())
                        .uid(Operators.WRITE_DEAD_LETTERS.id())
                        .setDescription(Operators.WRITE_DEAD_LETTERS.id()
                                + ": messages that cannot be used, each once, with its reason"),
                config.postgres(),
                config.takeOver());
    }
}
