package io.retally.documents;

import static io.retally.documents.Reason.EMPTY_VALUE;

import com.fasterxml.jackson.core.JsonFactory;
import io.retally.core.assignment.AssignmentRule;
import io.retally.documents.Decoded.NoChange;
import io.retally.documents.Decoded.RuleChange;
import org.jspecify.annotations.Nullable;

/** Decodes the messages about rules of assignments, as {@link ChangeDecoder} does those about documents. For one thread. */
public final class RuleDecoder {
    private final JsonFactory factory = JsonText.newFactory();
    private final KeyReader keys = new KeyReader(factory);
    private final RuleReader rules = new RuleReader();
    private final EnvelopeReader<AssignmentRule> envelopes = new EnvelopeReader<>(factory);

    /** What a message says of a rule: a {@link RuleChange}, or nothing. Throws nothing, whatever the bytes. */
    public Decoded decode(byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return Decoded.NOTHING;
        }
        try {
            if (value.length == 0) {
                throw new UnusableValue(EMPTY_VALUE, "the value has no bytes; a tombstone is a null value");
            }
            String id = keys.read(key);
            EnvelopeReader.Envelope<AssignmentRule> said = envelopes.read(id, value, rules::read);
            return new RuleChange(id, said.after, said.afterProblem);
        } catch (UnusableValue e) {
            return new NoChange(e.rejection());
        }
    }
}
