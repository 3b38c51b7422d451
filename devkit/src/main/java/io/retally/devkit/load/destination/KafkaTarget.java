package io.retally.devkit.load.destination;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.LoadException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes change messages straight into the topics, as Debezium would: key's partition by the producer's default
 * partitioner, a deletion followed by its tombstone.
 */
public final class KafkaTarget implements Target {

    /** The prefix of the live topics' names after the topic prefix: the database. */
    public static final String LIVE = "coaching";

    /** The same of the backfill topics. */
    public static final String BACKFILL = "backfill";

    private final KafkaProducer<byte[], byte[]> producer;
    private final DebeziumMessages messages;
    private final String topicPrefix;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public KafkaTarget(String bootstrap, String topicPrefix, String database) {
        this.producer = producer(bootstrap);
        this.messages = new DebeziumMessages(topicPrefix, database, Clock.systemUTC());
        this.topicPrefix = topicPrefix + "." + database + ".";
    }

    /** A producer for speed that still loses nothing and repeats nothing. */
    public static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
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
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void accept(ChangeOfDocument change) {
        throwFailure();
        String topic = topicPrefix + change.collection().collectionName();
        byte[] key = messages.key(change.id());
        send(new ProducerRecord<>(topic, key, messages.value(change)));
        if (change.op() == ChangeOfDocument.Op.DELETE) {
            send(new ProducerRecord<>(topic, key, null));
        }
    }

    private void send(ProducerRecord<byte[], byte @Nullable []> message) {
        try {
            var unused = producer.send(message, (written, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
            });
        } catch (KafkaException failed) {
            throw failed(failed);
        }
    }

    @Override
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

    private LoadException failed(Exception cause) {
        return new LoadException(
                "Kafka did not take a message for " + topicPrefix + "*: " + cause.getMessage()
                        + ". Look at './retally status' and './retally logs kafka'.",
                cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
