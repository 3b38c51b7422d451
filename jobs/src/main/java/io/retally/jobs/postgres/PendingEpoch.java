package io.retally.jobs.postgres;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.postgres.SourceProgress.TopicPartition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An epoch that a barrier ended and that is not published yet.
 *
 * @param checkpoint the barrier's
 * @param newestChange the newest {@code source.ts_ms} read up to the barrier, in milliseconds since 1970 UTC; {@link
 *     Long#MIN_VALUE} if no change was read
 */
record PendingEpoch(long checkpoint, long newestChange, List<EpochPart> parts) {

    /** The chunks to publish, and how many rows of which table they hold, over these epochs. */
    static Map<ServingTable, StagedTable> stagedTables(List<PendingEpoch> epochs) {
        Map<ServingTable, StagedTable> tables = new EnumMap<>(ServingTable.class);
        for (EpochPart part : parts(epochs)) {
            if (part instanceof StagedChunk chunk) {
                chunk.counts()
                        .forEach((table, counts) -> tables.merge(
                                table, new StagedTable(List.of(chunk.chunk()), counts), StagedTable::plus));
            }
        }
        return tables;
    }

    static Map<TopicPartition, Long> nextOffsets(List<PendingEpoch> epochs) {
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (EpochPart part : parts(epochs)) {
            if (part instanceof SourceProgress progress) {
                progress.nextOffsets().forEach((partition, offset) -> nextOffsets.merge(partition, offset, Math::max));
            }
        }
        return nextOffsets;
    }

    /** The lowest number that a chunk of the running writers has. */
    static long firstChunk(List<PendingEpoch> epochs) {
        long first = Long.MAX_VALUE;
        for (EpochPart part : parts(epochs)) {
            if (part instanceof StagedChunk chunk) {
                first = Math.min(first, chunk.firstChunk());
            }
        }
        return first;
    }

    private static List<EpochPart> parts(List<PendingEpoch> epochs) {
        return epochs.stream().flatMap(epoch -> epoch.parts().stream()).toList();
    }

    /** The staged rows of one table. */
    record StagedTable(List<Long> chunks, StagedChunk.Counts counts) {
        StagedTable plus(StagedTable other) {
            List<Long> all = new ArrayList<>(chunks);
            all.addAll(other.chunks);
            return new StagedTable(all, counts.plus(other.counts));
        }
    }

    /** A version byte, the checkpoint, the parts. */
    public static final class Form implements Codec<PendingEpoch> {
        private static final int VERSION = 1;
        private static final EpochPart.Form PART = new EpochPart.Form();

        @Override
        public void write(PendingEpoch epoch, DataOutput out) throws IOException {
            out.writeByte(VERSION);
            Binary.writeUnsigned(epoch.checkpoint, out);
            Binary.writeSigned(epoch.newestChange, out);
            Binary.writeUnsigned(epoch.parts.size(), out);
            for (EpochPart part : epoch.parts) {
                PART.write(part, out);
            }
        }

        @Override
        public PendingEpoch read(DataInput in) throws IOException {
            Binary.requireVersion(VERSION, "an epoch to publish", in);
            long checkpoint = Binary.readUnsigned(in);
            long newestChange = Binary.readSigned(in);
            int size = Binary.readLength(in);
            List<EpochPart> parts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                parts.add(PART.read(in));
            }
            return new PendingEpoch(checkpoint, newestChange, parts);
        }
    }
}
