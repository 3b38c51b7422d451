package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a rep's interactions in a lesson come to.
 *
 * @param row of {@code rep_lesson}
 * @param sums the lesson's part of the last {@link #COLUMNS} columns of a {@link Share}
 * @param firstAt first activity, milliseconds since 1970 UTC; {@link Long#MAX_VALUE} if there is none
 * @param lastAt latest activity; {@link Long#MIN_VALUE} if there is none
 * @param passedAt when a required lesson that is passed was completed; {@link Long#MIN_VALUE} of all others
 */
record LessonResult(String row, long[] sums, long firstAt, long lastAt, long passedAt) {
    static final int COLUMNS = Share.COLUMNS - 3;

    static final Codec<LessonResult> CODEC = new Codec<>() {
        @Override
        public void write(LessonResult result, DataOutput out) throws IOException {
            Binary.writeText(result.row, out);
            Share.writeLongs(result.sums, out);
            Binary.writeSigned(result.firstAt, out);
            Binary.writeSigned(result.lastAt, out);
            Binary.writeSigned(result.passedAt, out);
        }

        @Override
        public LessonResult read(DataInput in) throws IOException {
            return new LessonResult(
                    Binary.readText(in),
                    Share.readLongs(COLUMNS, in),
                    Binary.readSigned(in),
                    Binary.readSigned(in),
                    Binary.readSigned(in));
        }
    };
}
