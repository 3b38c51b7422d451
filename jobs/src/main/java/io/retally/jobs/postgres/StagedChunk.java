package io.retally.jobs.postgres;

import io.retally.core.codec.Binary;
import io.retally.core.serving.ServingTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Rows that a writer staged in one transaction, under a number of their own.
 *
 * @param firstChunk the number that the writer drew when it started: its chunks have no lower one
 * @param chunk the number of this chunk; {@code firstChunk} if nothing was staged
 * @param counts how many rows of which table
 */
public record StagedChunk(long firstChunk, long chunk, Map<ServingTable, Counts> counts) implements EpochPart {

    private static final ServingTable[] TABLES = ServingTable.values();

    /** How many rows to write, and how many to delete. */
    public record Counts(int upserts, int deletions) {
        Counts plus(Counts other) {
            return new Counts(Math.addExact(upserts, other.upserts), Math.addExact(deletions, other.deletions));
        }
    }

    void write(DataOutput out) throws IOException {
        Binary.writeUnsigned(firstChunk, out);
        Binary.writeUnsigned(chunk, out);
        Binary.writeUnsigned(counts.size(), out);
        for (Map.Entry<ServingTable, Counts> entry : counts.entrySet()) {
            out.writeByte(entry.getKey().ordinal());
            Binary.writeUnsigned(entry.getValue().upserts(), out);
            Binary.writeUnsigned(entry.getValue().deletions(), out);
        }
    }

    static StagedChunk read(DataInput in) throws IOException {
        long firstChunk = Binary.readUnsigned(in);
        long chunk = Binary.readUnsigned(in);
        Map<ServingTable, Counts> counts = new EnumMap<>(ServingTable.class);
        int tables = Binary.readLength(in);
        for (int i = 0; i < tables; i++) {
            ServingTable table = TABLES[in.readUnsignedByte()];
            counts.put(table, new Counts(Binary.readLength(in), Binary.readLength(in)));
        }
        return new StagedChunk(firstChunk, chunk, counts);
    }
}
