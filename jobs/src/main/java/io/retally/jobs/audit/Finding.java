package io.retally.jobs.audit;

import io.retally.core.document.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A document of which the log does not say what MongoDB holds. A POJO to Flink.
 *
 * @param id its text, as in every table
 * @param partition where the log speaks of it; {@link #NO_PARTITION} if it does not
 * @param messageKey the key of its last message, or null if there is none
 * @param storedId its {@code _id} in canonical extended JSON, or null if MongoDB has no such document
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Finding(
        Kind kind,
        Collection collection,
        String id,
        int partition,
        byte @Nullable [] messageKey,
        @Nullable String storedId) {

    public static final int NO_PARTITION = -1;

    /** What is wrong. */
    public enum Kind {
        /** In the log, but not in MongoDB. */
        GONE,
        /** In MongoDB, but the log never spoke of it, or says that it is gone. */
        MISSING,
        /** In both, with different images. */
        DIFFERENT
    }
}
