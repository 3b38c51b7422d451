package io.retally.core.assignment;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The grounds, then the other fields in their order. Between operators only: without a version. */
public final class AssignmentCodec implements Codec<Assignment> {

    private static final Action[] ACTIONS = Action.values();

    @Override
    public void write(Assignment assignment, DataOutput out) throws IOException {
        writeStanding(assignment.grounds(), out);
        writeRuling(assignment, out);
    }

    @Override
    public Assignment read(DataInput in) throws IOException {
        return readRuling(readStanding(in), in);
    }

    static void writeStanding(LessonStanding standing, DataOutput out) throws IOException {
        Binary.writeText(standing.contactId(), out);
        Binary.writeText(standing.programId(), out);
        Binary.writeText(standing.lessonId(), out);
        Binary.writeText(standing.accountId(), out);
        Binary.writeUnsigned(standing.questionsAnswered(), out);
        Binary.writeUnsigned(standing.questionsCorrect(), out);
        Binary.writeUnsigned(standing.answers(), out);
        Binary.writeUnsigned(standing.segmentsWatched(), out);
        out.writeBoolean(standing.completed());
        Binary.writeOptional(standing.openedAt(), out);
    }

    static LessonStanding readStanding(DataInput in) throws IOException {
        return new LessonStanding(
                Binary.readText(in),
                Binary.readText(in),
                Binary.readText(in),
                Binary.readText(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                Binary.readUnsigned(in),
                in.readBoolean(),
                Binary.readOptional(in));
    }

    /** All but the grounds. */
    static void writeRuling(Assignment assignment, DataOutput out) throws IOException {
        Binary.writeText(assignment.ruleId(), out);
        out.writeByte(assignment.action().ordinal());
        Binary.writeText(assignment.targetLessonId(), out);
        Binary.writeText(assignment.reason(), out);
    }

    static Assignment readRuling(LessonStanding grounds, DataInput in) throws IOException {
        return new Assignment(
                Binary.readText(in), ACTIONS[in.readUnsignedByte()], Binary.readText(in), Binary.readText(in), grounds);
    }
}
