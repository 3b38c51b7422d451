package io.retally.bench.probe;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Appends single changes to the live topics, each at once. While the broker is away, they wait for it. */
public final class Appender implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** As soon as the broker is back. */
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final KafkaProducer<byte[], byte[]> producer;
    private final DebeziumMessages messages = new DebeziumMessages(Topics.PREFIX, KafkaTarget.LIVE, Clock.systemUTC());

    public Appender(String bootstrap) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                BETWEEN_TRIES_MILLIS,
                ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                BETWEEN_TRIES_MILLIS,
                ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
                BETWEEN_TRIES_MILLIS);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A change on its way into the log.
     *
     * @param nanos when it was sent, as of {@link System#nanoTime}: the log has it a little later
     * @param written where the log has it, once the broker has said so
     */
    public record Sent(long nanos, Future<RecordMetadata> written) {
        /** Waits for the broker's word. */
        RecordMetadata place() throws InterruptedException {
            try {
                return written.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new StackException("the broker has not taken a probe: " + e.getMessage(), "read its log", e);
            }
        }
    }

    public Sent append(ChangeOfDocument change) {
        String topic = Topics.live(change.collection().collectionName());
        byte[] key = messages.key(change.id());
        byte[] value = messages.value(change);
        long nanos = System.nanoTime();
        Future<RecordMetadata> written = producer.send(new ProducerRecord<>(topic, key, value));
        if (change.op() == ChangeOfDocument.Op.DELETE) {
            var unused = producer.send(new ProducerRecord<>(topic, key, null));
        }
        return new Sent(nanos, written);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
