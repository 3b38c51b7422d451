package io.retally.jobs.assignments;

import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.AssignmentRuleCodec;
import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import io.retally.jobs.types.CodecType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A rule is now this, or gone (null). */
record RuleChange(String id, @Nullable AssignmentRule rule) {

    static final CodecType<RuleChange> TYPE = CodecType.of(RuleChange.class, Form.class);

    /** Id, whether there is a rule, and that. */
    public static final class Form implements Codec<RuleChange> {
        private final AssignmentRuleCodec rules = new AssignmentRuleCodec();

        @Override
        public void write(RuleChange change, DataOutput out) throws IOException {
            Binary.writeText(change.id, out);
            AssignmentRule rule = change.rule;
            out.writeBoolean(rule != null);
            if (rule != null) {
                rules.write(rule, out);
            }
        }

        @Override
        public RuleChange read(DataInput in) throws IOException {
            return new RuleChange(Binary.readText(in), in.readBoolean() ? rules.read(in) : null);
        }
    }
}
