package io.retally.jobs.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead-letter topic: where it ends, and what is in it between a mark and its end. */
final class DeadLetterLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaCluster cluster;
    private final String topic;
    private final Pattern about;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param about matches the topics whose messages' letters are read; others are passed over */
    DeadLetterLog(KafkaCluster cluster, String topic, Pattern about) {
        this.cluster = cluster;
        this.topic = topic;
        this.about = about;
        Properties properties = cluster.properties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A mark below what retention has left: the letters in between are gone, and what is left is read.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The end of each partition now. */
    List<DeadLetterMark> ends() {
        return consumer.endOffsets(partitions()).entrySet().stream()
                .map(end -> new DeadLetterMark(end.getKey().partition(), end.getValue()))
                .toList();
    }

    /** The letters from the marks (a partition without one: from its beginning) to the ends as they are now. */
    WrittenLetters readFrom(Collection<DeadLetterMark> marks) {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<Integer, Long> starts = new HashMap<>();
        marks.forEach(mark -> starts.merge(mark.partition(), mark.endOffset(), Math::min));
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long start = starts.get(partition.partition());
            if (start == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, start);
            }
        }
        WrittenLetters written = new WrittenLetters(about);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(written::add);
        }
        consumer.unsubscribe();
        return written;
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> partitions;
        try {
            partitions = consumer.partitionsFor(topic);
        } catch (AuthenticationException e) {
            throw cluster.refused(e);
        }
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + topic + " does not exist; create it, and let the job restart");
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
