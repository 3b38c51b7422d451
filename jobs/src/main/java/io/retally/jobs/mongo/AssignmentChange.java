package io.retally.jobs.mongo;

import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.AssignmentCodec;
import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a rep is to do on the grounds of a lesson is now this, or nothing any more.
 *
 * @param assignment null: none
 */
public record AssignmentChange(AssignmentId id, @Nullable Assignment assignment) {

    public static final CodecType<AssignmentChange> TYPE = CodecType.of(AssignmentChange.class, Form.class);

    /** The parts of the id, whether there is an assignment, and that. */
    public static final class Form implements Codec<AssignmentChange> {
        private final AssignmentCodec assignments = new AssignmentCodec();

        @Override
        public void write(AssignmentChange change, DataOutput out) throws IOException {
            Binary.writeText(change.id.contactId(), out);
            Binary.writeText(change.id.programId(), out);
            Binary.writeText(change.id.lessonId(), out);
            Assignment assignment = change.assignment;
            out.writeBoolean(assignment != null);
            if (assignment != null) {
                assignments.write(assignment, out);
            }
        }

        @Override
        public AssignmentChange read(DataInput in) throws IOException {
            AssignmentId id = new AssignmentId(Binary.readText(in), Binary.readText(in), Binary.readText(in));
            return new AssignmentChange(id, in.readBoolean() ? assignments.read(in) : null);
        }
    }
}
