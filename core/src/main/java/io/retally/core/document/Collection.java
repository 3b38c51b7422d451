package io.retally.core.document;

import java.util.Locale;

/** A collection of database {@code coaching}. The order is part of the state format: append only. */
public enum Collection {
    ACCOUNTS,
    TEAMS,
    CONTACTS,
    PROGRAMS,
    ENROLLMENTS,
    INTERACTIONS;

    /** The collection's name in MongoDB, and the last part of its topics' names. */
    public String collectionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
