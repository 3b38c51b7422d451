package io.retally.core.total;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Key, account, length of the vector, its numbers. */
public final class DifferenceCodec implements Codec<Difference> {

    @Override
    public void write(Difference difference, DataOutput out) throws IOException {
        Binary.writeText(difference.key(), out);
        Binary.writeText(difference.accountId(), out);
        writeVector(difference.vector(), out);
    }

    @Override
    public Difference read(DataInput in) throws IOException {
        return new Difference(Binary.readText(in), Binary.readText(in), readVector(in));
    }

    static void writeVector(long[] vector, DataOutput out) throws IOException {
        Binary.writeUnsigned(vector.length, out);
        for (long number : vector) {
            Binary.writeSigned(number, out);
        }
    }

    static long[] readVector(DataInput in) throws IOException {
        long[] vector = new long[Binary.readLength(in)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Binary.readSigned(in);
        }
        return vector;
    }
}
