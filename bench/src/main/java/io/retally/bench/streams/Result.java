package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a rep's membership in a program comes to.
 *
 * @param repProgram the row of {@code rep_program}
 * @param share in the sums of {@code program_summary}, in the order of its columns
 */
record Result(String accountId, String repProgram, long[] share) {
    static final Codec<Result> CODEC = new Codec<>() {
        @Override
        public void write(Result result, DataOutput out) throws IOException {
            Binary.writeText(result.accountId, out);
            Binary.writeText(result.repProgram, out);
            Share.writeLongs(result.share, out);
        }

        @Override
        public Result read(DataInput in) throws IOException {
            return new Result(Binary.readText(in), Binary.readText(in), Share.readLongs(Share.COLUMNS, in));
        }
    };
}
