package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums of {@code program_summary}, or differences of them, in the order of its columns.
 *
 * @param accountId of a difference that only takes away: empty
 */
record Share(String accountId, long[] sums) {
    static final int COLUMNS = 12;

    static final Codec<Share> CODEC = new Codec<>() {
        @Override
        public void write(Share share, DataOutput out) throws IOException {
            Binary.writeText(share.accountId, out);
            writeLongs(share.sums, out);
        }

        @Override
        public Share read(DataInput in) throws IOException {
            return new Share(Binary.readText(in), readLongs(COLUMNS, in));
        }
    };

    Share plus(Share other) {
        long[] sum = new long[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            sum[i] = Math.addExact(sums[i], other.sums[i]);
        }
        return new Share(other.accountId.isEmpty() ? accountId : other.accountId, sum);
    }

    static void writeLongs(long[] values, DataOutput out) throws IOException {
        for (long value : values) {
            Binary.writeSigned(value, out);
        }
    }

    static long[] readLongs(int count, DataInput in) throws IOException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = Binary.readSigned(in);
        }
        return values;
    }
}
