package io.retally.core.assignment;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A version byte, the fields in their order, then the condition: a byte that says which of its parts are there, and those parts in
 * their order, {@code completed} as a bit of that byte.
 */
public final class AssignmentRuleCodec implements Codec<AssignmentRule> {

    private static final int VERSION = 1;
    private static final Action[] ACTIONS = Action.values();
    private static final int CORRECT_PERCENT_BELOW = 1;
    private static final int CORRECT_PERCENT_AT_LEAST = 2;
    private static final int ANSWERS_AT_LEAST = 4;
    private static final int SEGMENTS_BELOW = 8;
    private static final int SEGMENTS_AT_LEAST = 16;
    private static final int OPENED_DAYS_AT_LEAST = 32;
    private static final int COMPLETED_ASKED = 64;
    private static final int COMPLETED = 128;

    @Override
    public void write(AssignmentRule rule, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Binary.writeText(rule.id(), out);
        Binary.writeText(rule.accountId(), out);
        Binary.writeText(rule.programId(), out);
        Binary.writeOptionalText(rule.lessonId(), out);
        Binary.writeSigned(rule.priority(), out);
        out.writeByte(rule.action().ordinal());
        Binary.writeOptionalText(rule.targetLessonId(), out);
        Condition when = rule.when();
        out.writeByte((when.correctPercentBelow() == null ? 0 : CORRECT_PERCENT_BELOW)
                | (when.correctPercentAtLeast() == null ? 0 : CORRECT_PERCENT_AT_LEAST)
                | (when.answersAtLeast() == null ? 0 : ANSWERS_AT_LEAST)
                | (when.segmentsBelow() == null ? 0 : SEGMENTS_BELOW)
                | (when.segmentsAtLeast() == null ? 0 : SEGMENTS_AT_LEAST)
                | (when.openedDaysAtLeast() == null ? 0 : OPENED_DAYS_AT_LEAST)
                | (when.completed() == null ? 0 : COMPLETED_ASKED)
                | (Boolean.TRUE.equals(when.completed()) ? COMPLETED : 0));
        writeIfAny(when.correctPercentBelow(), out);
        writeIfAny(when.correctPercentAtLeast(), out);
        writeIfAny(when.answersAtLeast(), out);
        writeIfAny(when.segmentsBelow(), out);
        writeIfAny(when.segmentsAtLeast(), out);
        writeIfAny(when.openedDaysAtLeast(), out);
    }

    @Override
    public AssignmentRule read(DataInput in) throws IOException {
        Binary.requireVersion(VERSION, "an assignment rule", in);
        return new AssignmentRule(
                Binary.readText(in),
                Binary.readText(in),
                Binary.readText(in),
                Binary.readOptionalText(in),
                (int) Binary.readSigned(in),
                ACTIONS[in.readUnsignedByte()],
                Binary.readOptionalText(in),
                readCondition(in));
    }

    private static Condition readCondition(DataInput in) throws IOException {
        int parts = in.readUnsignedByte();
        Integer correctPercentBelow = readIf(parts & CORRECT_PERCENT_BELOW, in);
        Integer correctPercentAtLeast = readIf(parts & CORRECT_PERCENT_AT_LEAST, in);
        Integer answersAtLeast = readIf(parts & ANSWERS_AT_LEAST, in);
        Integer segmentsBelow = readIf(parts & SEGMENTS_BELOW, in);
        Integer segmentsAtLeast = readIf(parts & SEGMENTS_AT_LEAST, in);
        Integer openedDaysAtLeast = readIf(parts & OPENED_DAYS_AT_LEAST, in);
        @Nullable Boolean completed = (parts & COMPLETED_ASKED) == 0 ? null : (Boolean) ((parts & COMPLETED) != 0);
        return new Condition(
                correctPercentBelow,
                correctPercentAtLeast,
                answersAtLeast,
                segmentsBelow,
                segmentsAtLeast,
                completed,
                openedDaysAtLeast);
    }

    private static void writeIfAny(@Nullable Integer value, DataOutput out) throws IOException {
        if (value != null) {
            Binary.writeSigned(value, out);
        }
    }

    private static @Nullable Integer readIf(int part, DataInput in) throws IOException {
        return part == 0 ? null : (Integer) (int) Binary.readSigned(in);
    }
}
