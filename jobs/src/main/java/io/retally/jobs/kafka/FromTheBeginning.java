package io.retally.jobs.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * The beginning of each log. Unlike {@link OffsetsInitializer#earliest}, a log that no longer holds what was to be read
 * next fails the job: to go on at what is left would lose changes, and no table would be true again.
 */
@SuppressWarnings("deprecation") // Kafka's client has replaced the enum that Flink's interface still names.
final class FromTheBeginning implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return partitions.stream()
                .collect(Collectors.toMap(Function.identity(), partition -> KafkaPartitionSplit.EARLIEST_OFFSET));
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
