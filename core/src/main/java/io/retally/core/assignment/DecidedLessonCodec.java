package io.retally.core.assignment;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version byte, the standing, until when the decision is valid, whether there is an assignment, and that without its grounds. */
public final class DecidedLessonCodec implements Codec<DecidedLesson> {

    private static final int VERSION = 1;

    @Override
    public void write(DecidedLesson lesson, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        AssignmentCodec.writeStanding(lesson.standing(), out);
        Binary.writeOptional(lesson.decision().validUntil(), out);
        Assignment assignment = lesson.decision().assignment();
        out.writeBoolean(assignment != null);
        if (assignment != null) {
            AssignmentCodec.writeRuling(assignment, out);
        }
    }

    @Override
    public DecidedLesson read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "a decided lesson", in);
        LessonStanding standing = AssignmentCodec.readStanding(in);
        Long validUntil = Binary.readOptional(in);
        Assignment assignment = in.readBoolean() ? AssignmentCodec.readRuling(standing, in) : null;
        return new DecidedLesson(standing, new Decision(assignment, validUntil));
    }
}
