package io.retally.jobs.kafka;

import io.retally.core.document.Collection;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The source of all change messages. Without Flink state it starts at the beginning of every log, whatever the consumer
 * group has committed: the tables are a function of the whole logs. The group's offsets are committed with each checkpoint,
 * for monitoring only.
 *
 * <p>The topics are found by their names, looked for again every ten seconds: a backfill topic may be created later, and
 * partitions may be added. (The connector reads those from their beginning.)
 */
public final class ChangeSource {
    private static final String DISCOVERY_INTERVAL_MS = "10000";

    private ChangeSource() {}

    public static KafkaSource<KafkaMessage> of(KafkaCluster cluster, ChangeTopics topics, String group) {
        return of(cluster, topics.changesPattern(), group);
    }

    /** The source of the rules of assignments. */
    public static KafkaSource<KafkaMessage> ofRules(KafkaCluster cluster, ChangeTopics topics, String group) {
        return of(cluster, topics.assignmentRulesPattern(), group);
    }

    /**
     * Attaches a source of the changes of one collection.
     *
     * @param name of the operator
     */
    public static DataStreamSource<KafkaMessage> read(
            StreamExecutionEnvironment env,
            KafkaCluster cluster,
            ChangeTopics topics,
            Collection collection,
            String group,
            String name) {
        return env.fromSource(
                of(cluster, topics.changesPattern(collection), group), WatermarkStrategy.noWatermarks(), name);
    }

    private static KafkaSource<KafkaMessage> of(KafkaCluster cluster, Pattern topics, String group) {
        Properties properties = cluster.properties();
        properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MS);
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return KafkaSource.<KafkaMessage>builder()
                .setTopicPattern(topics)
                .setGroupId(group)
                .setStartingOffsets(new FromTheBeginning())
                .setDeserializer(new KafkaMessageSchema())
                .setProperties(properties)
                .build();
    }
}
