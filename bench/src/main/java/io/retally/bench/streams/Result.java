package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rep's membership in a program comes to.
 *
 * @param repProgram the row of {@code rep_program}
 * @param lessons the rows of {@code rep_lesson}, by lesson
 * @param share in the sums of {@code program_summary}, in the order of its columns
 */
record Result(String accountId, String repProgram, Map<String, String> lessons, long[] share) {
    static final Codec<Result> CODEC = new Codec<>() {
        @Override
        public void write(Result result, DataOutput out) throws IOException {
            Binary.writeText(result.accountId, out);
            Binary.writeText(result.repProgram, out);
            Binary.writeUnsigned(result.lessons.size(), out);
            for (Map.Entry<String, String> lesson : result.lessons.entrySet()) {
                Binary.writeText(lesson.getKey(), out);
                Binary.writeText(lesson.getValue(), out);
            }
            Share.writeLongs(result.share, out);
        }

        @Override
        public Result read(DataInput in) throws IOException {
            String accountId = Binary.readText(in);
            String repProgram = Binary.readText(in);
            Map<String, String> lessons = new TreeMap<>();
            int size = Binary.readLength(in);
            for (int i = 0; i < size; i++) {
                lessons.put(Binary.readText(in), Binary.readText(in));
            }
            return new Result(accountId, repProgram, lessons, Share.readLongs(in));
        }
    };
}
