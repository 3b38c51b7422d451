package io.retally.core.document;

import org.jspecify.annotations.Nullable;

/** A rep's enrolment in a program. Times are milliseconds since 1970 UTC. */
public record Enrollment(
        String id,
        String accountId,
        String contactId,
        String programId,
        long enrolledAt,
        @Nullable Long dueAt,
        @Nullable Long withdrawnAt)
        implements Document {
    @Override
    public Collection collection() {
        return Collection.ENROLLMENTS;
    }
}
