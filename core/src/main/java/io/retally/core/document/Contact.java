package io.retally.core.document;

import org.jspecify.annotations.Nullable;

/** A rep. {@code removedAt}, milliseconds since 1970 UTC, is set when the rep is removed but not deleted. */
public record Contact(
        String id,
        String accountId,
        String name,
        @Nullable String teamId,
        @Nullable Long removedAt) implements Document {
    @Override
    public Collection collection() {
        return Collection.CONTACTS;
    }
}
