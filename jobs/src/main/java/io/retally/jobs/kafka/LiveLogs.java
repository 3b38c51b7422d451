package io.retally.jobs.kafka;

import io.retally.core.document.Origin;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The logs of the live topics, from their beginnings to where they ended at one moment: a bounded source. */
public final class LiveLogs {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where a log ended: the next message of {@code partition} goes to {@code offset} or later. */
    public record End(String topic, int partition, long offset) {}

    private final KafkaCluster cluster;
    private final Map<TopicPartition, Long> ends;
    private final long messages;

    private LiveLogs(KafkaCluster cluster, Map<TopicPartition, Long> ends, long messages) {
        this.cluster = cluster;
        this.ends = ends;
        this.messages = messages;
    }

    /** The logs with the ends that they have now; a topic that does not exist is an empty one. */
    public static LiveLogs endingNow(KafkaCluster cluster, ChangeTopics topics) {
        Properties properties = cluster.properties();
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<String, List<PartitionInfo>> known = consumer.listTopics();
            List<TopicPartition> partitions = topics.changes().stream()
                    .filter(topic -> topics.subject(topic).origin() == Origin.LIVE)
                    .flatMap(topic -> known.getOrDefault(topic, List.of()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("none of the live topics exists: " + topics.changes());
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            long messages = partitions.stream()
                    .mapToLong(log -> ends.getOrDefault(log, 0L) - beginnings.getOrDefault(log, 0L))
                    .sum();
            return new LiveLogs(cluster, new HashMap<>(ends), messages);
        }
    }

    /** How many messages there are, at most. */
    public long messages() {
        return messages;
    }

    public List<End> ends() {
        return ends.entrySet().stream()
                .map(end -> new End(end.getKey().topic(), end.getKey().partition(), end.getValue()))
                .sorted(Comparator.comparing(End::topic).thenComparing(End::partition))
                .toList();
    }

    public KafkaSource<KafkaMessage> source() {
        return KafkaSource.<KafkaMessage>builder()
                .setProperties(cluster.properties())
                .setPartitions(new HashSet<>(ends.keySet()))
                .setStartingOffsets(new FromTheBeginning())
                .setBounded(OffsetsInitializer.offsets(ends))
                .setDeserializer(new KafkaMessageSchema())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .build();
    }
}
