package io.retally.bench.ingest;

import io.retally.bench.streams.PublishedTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics that one run of the peer writes its rows to; {@link #remove} removes them and all others of the run. */
final class RowTopics implements AutoCloseable {
    private final String id;
    private final Admin admin;
    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    private RowTopics(String kafka, String id) {
        this.id = id;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    static RowTopics create(String kafka, String id, int partitions) throws InterruptedException, ExecutionException {
        RowTopics topics = new RowTopics(kafka, id);
        List<NewTopic> created = new ArrayList<>();
        for (String table : PublishedTables.NAMES) {
            created.add(new NewTopic(topics.topic(table), Optional.of(partitions), Optional.empty()));
            for (int partition = 0; partition < partitions; partition++) {
                topics.partitions.add(new TopicPartition(topics.topic(table), partition));
            }
        }
        topics.admin.createTopics(created).all().get();
        topics.consumer.assign(topics.partitions);
        return topics;
    }

    private String topic(String table) {
        return id + "." + table;
    }

    /** Up to where the topics are committed, over all partitions: grows whenever rows are published. */
    long committed() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The committed rows by table, sorted, each key's last one; read from the beginning. */
    Map<String, List<String>> rows() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        Map<String, Map<String, String>> byKey = new TreeMap<>();
        PublishedTables.NAMES.forEach(table -> byKey.put(topic(table), new TreeMap<>()));
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, String> row : consumer.poll(Duration.ofSeconds(1))) {
                byKey.computeIfPresent(row.topic(), (topic, rows) -> {
                    if (row.value() == null) {
                        rows.remove(row.key());
                    } else {
                        rows.put(row.key(), row.value());
                    }
                    return rows;
                });
            }
        }
        Map<String, List<String>> sorted = new TreeMap<>();
        for (String table : PublishedTables.NAMES) {
            sorted.put(
                    table,
                    byKey.getOrDefault(topic(table), Map.of()).values().stream()
                            .sorted()
                            .toList());
        }
        return sorted;
    }

    /** Removes the run's topics: those of rows, and those that Kafka Streams has made. Its offsets go with them. */
    void remove() throws InterruptedException, ExecutionException {
        List<String> ofRun = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(id + ".") || name.startsWith(id + "-"))
                .toList();
        admin.deleteTopics(ofRun).all().get();
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
