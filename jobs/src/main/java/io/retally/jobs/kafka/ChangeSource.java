package io.retally.jobs.kafka;

import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
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
        Properties properties = cluster.properties();
        properties.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MS);
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return KafkaSource.<KafkaMessage>builder()
                .setTopicPattern(topics.changesPattern())
                .setGroupId(group)
                .setStartingOffsets(new FromTheBeginning())
                .setDeserializer(new KafkaMessageSchema())
                .setProperties(properties)
                .build();
    }
}
