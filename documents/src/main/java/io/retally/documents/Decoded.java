package io.retally.documents;

import io.retally.core.assignment.AssignmentRule;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.Origin;
import org.jspecify.annotations.Nullable;

/** What a message of a change log says. */
public sealed interface Decoded permits Decoded.Change, Decoded.RuleChange, Decoded.Nothing, Decoded.NoChange {

    /** The {@link Change#sourceTsMillis} of a change whose {@code source.ts_ms} is missing or no time of the years 1 to 9999. */
    long NO_SOURCE_TIME = Long.MIN_VALUE;

    /** A tombstone. */
    Decoded NOTHING = new Nothing();

    /**
     * The document {@code id} of {@code collection} is now {@code document}, or absent if that is null: gone, or unusable
     * if {@code rejection} is set, and then the message is a dead letter as well. {@code sourceTsMillis} is the change's
     * {@code source.ts_ms}, or {@link #NO_SOURCE_TIME}.
     */
    record Change(
            Collection collection,
            Origin origin,
            String id,
            @Nullable Document document,
            long sourceTsMillis,
            @Nullable Rejection rejection)
            implements Decoded {
        public Change {
            if (document != null && rejection != null) {
                throw new IllegalArgumentException(
                        "a change with a usable document has no rejection, but has " + rejection);
            }
        }
    }

    /**
     * The rule of assignments {@code id} is now {@code rule}, or absent if that is null: gone, or unusable if {@code rejection} is
     * set, and then the message is a dead letter as well.
     */
    record RuleChange(
            String id,
            @Nullable AssignmentRule rule,
            @Nullable Rejection rejection) implements Decoded {}

    /** Says nothing new, and is nothing to complain of: a tombstone. */
    record Nothing() implements Decoded {}

    /** Says nothing of any document, which stays as it was: a dead letter. */
    record NoChange(Rejection rejection) implements Decoded {}
}
