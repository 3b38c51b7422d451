package io.retally.devkit.load.destination;

import io.retally.devkit.load.LoadException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes bytes to topics, fast, without losing or repeating any. A failure shows at a later send or at the flush. */
public final class RawMessages implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Gives up when the broker does not answer for a minute. */
    public RawMessages(String bootstrap) {
        this(bootstrap, Duration.ofMinutes(1));
    }

    /** @param patience how long a broker may be away before a message has failed */
    public RawMessages(String bootstrap, Duration patience) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                patience.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) Math.max(patience.toMillis(), Duration.ofMinutes(2).toMillis()),
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                // A document has up to 16 MiB in MongoDB, and more as JSON.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                32 << 20,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 << 10,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends a message to the partition that the default partitioner chooses by its key. */
    public void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        send(topic, null, key, value);
    }

    /** Sends a message to a partition; null for the one that the default partitioner chooses by its key. */
    public void send(String topic, @Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value) {
        throwFailure();
        try {
            var unused = producer.send(new ProducerRecord<>(topic, partition, key, value), (written, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
        } catch (KafkaException failed) {
            throw failed(failed);
        }
    }

    /** Returns when all that was sent is written. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Exception failed = failure.get();
        if (failed != null) {
            throw failed(failed);
        }
    }

    private static LoadException failed(Exception cause) {
        return new LoadException(
                "Kafka did not take a message: " + cause.getMessage()
                        + ". Look at './retally status' and './retally logs kafka'.",
                cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
