package io.retally.bench.probe;

import java.util.Locale;

/** What a probe does. */
public enum Kind {
    INSERT("an interaction inserted"),
    UPDATE("an answer corrected"),
    DELETE("an interaction deleted"),
    REMOVAL("a contact with many interactions removed"),
    RESTORATION("that contact restored"),
    TEAM_MOVE("a contact moved to another team"),
    PROGRAM_EDIT("the pass mark of a program with many reps changed");

    private final String description;

    Kind(String description) {
        this.description = description;
    }

    /** Its name in the JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }
}
