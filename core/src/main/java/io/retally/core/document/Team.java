package io.retally.core.document;

import org.jspecify.annotations.Nullable;

/** A team of an account. */
public record Team(
        String id, String accountId, String name, @Nullable String parentTeamId) implements Document {
    @Override
    public Collection collection() {
        return Collection.TEAMS;
    }
}
