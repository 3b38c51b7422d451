package io.retally.devkit.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads prefixes of logs, each partition in its order. */
public final class Logs {
    private static final Duration STALLED = Duration.ofSeconds(60);

    /** Hears every message of the prefixes. */
    public interface Listener {
        void message(ConsumerRecord<byte[], byte[]> message) throws Exception;
    }

    private final String bootstrap;

    public Logs(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    public KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        16 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Reads each log's prefix.
     *
     * @param nextOffsets where it ends
     */
    public void read(Map<TopicPartition, Long> nextOffsets, Listener listener) throws Exception {
        read(Map.of(), nextOffsets, listener);
    }

    /**
     * Reads the part of each log between two places.
     *
     * @param starts where each partition's part begins; a log without one is read from its beginning
     * @param nextOffsets where it ends
     */
    public void read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> nextOffsets, Listener listener)
            throws Exception {
        Map<TopicPartition, Long> unread = new HashMap<>(nextOffsets);
        unread.entrySet().removeIf(end -> end.getValue() <= starts.getOrDefault(end.getKey(), 0L));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(unread.keySet());
            consumer.seekToBeginning(unread.keySet());
            starts.forEach((log, start) -> {
                if (unread.containsKey(log)) {
                    consumer.seek(log, start);
                }
            });
            Instant lastProgress = Instant.now();
            while (!unread.isEmpty()) {
                var messages = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<byte[], byte[]> message : messages) {
                    Long end = unread.get(new TopicPartition(message.topic(), message.partition()));
                    if (end != null && message.offset() < end) {
                        listener.message(message);
                    }
                }
                boolean ended = unread.entrySet().removeIf(rest -> consumer.position(rest.getKey()) >= rest.getValue());
                if (ended) {
                    consumer.assign(unread.keySet());
                }
                if (ended || !messages.isEmpty()) {
                    lastProgress = Instant.now();
                } else if (Duration.between(lastProgress, Instant.now()).compareTo(STALLED) > 0) {
                    throw new IllegalStateException("the broker gives no messages of " + unread.keySet());
                }
            }
        }
    }
}
