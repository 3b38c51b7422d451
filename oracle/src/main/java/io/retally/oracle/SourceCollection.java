package io.retally.oracle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A collection of database {@code coaching} that the contract names. */
public enum SourceCollection {
    ACCOUNTS(SourceTable.ACCOUNT),
    TEAMS(SourceTable.TEAM),
    CONTACTS(SourceTable.CONTACT),
    PROGRAMS(SourceTable.PROGRAM),
    ENROLLMENTS(SourceTable.ENROLLMENT),
    INTERACTIONS(SourceTable.INTERACTION);

    private final SourceTable table;

    SourceCollection(SourceTable table) {
        this.table = table;
    }

    /** Its name in MongoDB, and the last part of its topics' names. */
    public String collectionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table with one row for each of its documents. */
    SourceTable table() {
        return table;
    }

    /** The collection of this name; empty if the contract names none so. */
    public static Optional<SourceCollection> named(String collectionName) {
        return Arrays.stream(values())
                .filter(c -> c.collectionName().equals(collectionName))
                .findFirst();
    }
}
