package io.retally.core.document;

import org.jspecify.annotations.Nullable;

/**
 * One step of a rep in a lesson. {@code at} is in milliseconds since 1970 UTC; {@code segment} is the 15-second step of
 * the video, from 0 (any integer is usable, only those of the video count).
 */
public record Interaction(
        String id,
        String accountId,
        String contactId,
        String programId,
        String lessonId,
        Verb verb,
        long at,
        @Nullable Integer segment,
        @Nullable String questionId,
        @Nullable String choice,
        @Nullable Boolean correct)
        implements Document {
    @Override
    public Collection collection() {
        return Collection.INTERACTIONS;
    }
}
