package io.retally.bench.assignments;

import java.util.Locale;

/** What is done in MongoDB, and what has to follow there. */
enum Probe {
    CORRECTED("an answer corrected: its assignment goes"),
    WRONG("an answer wrong again: its assignment comes"),
    REMOVED("a contact removed: its assignments go");

    private final String description;

    Probe(String description) {
        this.description = description;
    }

    /** Its name in the JSON. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
