package io.retally.devkit.load.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.retally.core.document.Collection;
import io.retally.devkit.load.LoadException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/** The documents as the live topics leave them. */
public final class KafkaDocuments implements CurrentDocuments {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topicPrefix;

    public KafkaDocuments(String bootstrap, String topicPrefix) {
        this.topicPrefix = topicPrefix;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        8 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void readAll(Collection collection, Reader reader) {
        String topic = topicPrefix + ".coaching." + collection.collectionName();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long heard = System.nanoTime();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < Objects.requireNonNull(ends.get(p)))) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                heard = System.nanoTime();
                byte[] value = message.value();
                if (message.key() != null && value != null) {
                    reader.read(message.key(), () -> after(value));
                }
            }
            if (System.nanoTime() - heard > SILENCE.toNanos()) {
                throw new LoadException("Kafka sends nothing more of " + topic + ", which is not read to its end. "
                        + "Look at './retally status' and './retally logs kafka'.");
            }
        }
    }

    /** The message's document; null for a deletion, and for a message that holds none. */
    private static @Nullable BsonDocument after(byte[] value) {
        try {
            BsonValue after = BsonDocument.parse(new String(value, UTF_8)).get("after");
            return after == null || !after.isString()
                    ? null
                    : BsonDocument.parse(after.asString().getValue());
        } catch (JsonParseException malformed) {
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
