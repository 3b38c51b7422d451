package io.retally.core.total;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A version byte, the accounts with their numbers of reps, the vector. */
public final class AccumulatorCodec implements Codec<Accumulator> {

    private static final int VERSION = 1;

    @Override
    public void write(Accumulator accumulator, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeUnsigned(accumulator.repsByAccount().size(), out);
        for (Map.Entry<String, Long> entry : accumulator.repsByAccount().entrySet()) {
            Binary.writeText(entry.getKey(), out);
            Binary.writeSigned(entry.getValue(), out);
        }
        DifferenceCodec.writeVector(accumulator.vector(), out);
    }

    @Override
    public Accumulator read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "an accumulator", in);
        SortedMap<String, Long> repsByAccount = new TreeMap<>();
        int accounts = Binary.readLength(in);
        for (int i = 0; i < accounts; i++) {
            repsByAccount.put(Binary.readText(in), Binary.readSigned(in));
        }
        return new Accumulator(repsByAccount, DifferenceCodec.readVector(in));
    }
}
