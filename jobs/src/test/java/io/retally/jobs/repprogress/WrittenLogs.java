package io.retally.jobs.repprogress;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.oracle.Published.LogPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Messages written to the change topics, and where each of them came to lie. Messages of one key share a partition. */
public final class WrittenLogs implements AutoCloseable {

    /** A message in its place. */
    public record Placed(RandomChangeLog.Message message, LogPartition partition, long offset) {
        /** The place as text. */
        String place() {
            return partition.topic() + "-" + partition.partition() + "@" + offset;
        }
    }

    private final ChangeTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Placed> placed = new ArrayList<>();

    /** The producer is closed with this. */
    public WrittenLogs(ChangeTopics topics, KafkaProducer<byte[], byte[]> producer) {
        this.topics = topics;
        this.producer = producer;
    }

    /** Writes it to the partition of its key. */
    public void write(RandomChangeLog.Message message) throws Exception {
        write(message, null);
    }

    /** Writes it to this partition; to that of its key if null. */
    void write(RandomChangeLog.Message message, @Nullable Integer partition) throws Exception {
        String topic = topics.topic(message.origin(), message.collection());
        RecordMetadata place = producer.send(new ProducerRecord<>(topic, partition, message.key(), message.value()))
                .get();
        placed.add(new Placed(message, new LogPartition(topic, place.partition()), place.offset()));
    }

    /** All of them, in the order in which they were written. */
    public List<Placed> all() {
        return placed;
    }

    /** The messages in front of these positions, in the order in which they were written. */
    List<RandomChangeLog.Message> before(Map<LogPartition, Long> positions) {
        return placed.stream()
                .filter(message -> message.offset < positions.getOrDefault(message.partition, 0L))
                .map(Placed::message)
                .toList();
    }

    /** The positions behind the last message. */
    public Map<LogPartition, Long> ends() {
        Map<LogPartition, Long> ends = new HashMap<>();
        placed.forEach(message -> ends.merge(message.partition, message.offset + 1, Math::max));
        return ends;
    }

    @Override
    public void close() {
        producer.close();
    }
}
