package io.retally.jobs.postgres;

import io.retally.core.codec.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a reader has read.
 *
 * @param nextOffsets the offset after the last message read, of those partitions that were read since the last barrier
 * @param newestChange the newest {@code source.ts_ms} of a change read since the reader started, in milliseconds since
 *     1970 UTC; {@link Long#MIN_VALUE} if none
 */
public record SourceProgress(Map<TopicPartition, Long> nextOffsets, long newestChange) implements EpochPart {

    /** A partition of a topic. */
    public record TopicPartition(String topic, int partition) {}

    void write(DataOutput out) throws IOException {
        Binary.writeUnsigned(nextOffsets.size(), out);
        for (Map.Entry<TopicPartition, Long> entry : nextOffsets.entrySet()) {
            Binary.writeText(entry.getKey().topic(), out);
            Binary.writeUnsigned(entry.getKey().partition(), out);
            Binary.writeUnsigned(entry.getValue(), out);
        }
        Binary.writeSigned(newestChange, out);
    }

    static SourceProgress read(DataInput in) throws IOException {
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        int partitions = Binary.readLength(in);
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(Binary.readText(in), Binary.readLength(in));
            nextOffsets.put(partition, Binary.readUnsigned(in));
        }
        return new SourceProgress(nextOffsets, Binary.readSigned(in));
    }
}
