package io.retally.core.assignment;

import java.util.Locale;

/** What a rule has a rep do. The order is part of the state format: append only. */
public enum Action {
    /** The lesson itself once more. */
    REPEAT,
    /** Another lesson beside the program's. */
    ADD,
    /** Another lesson not at all. */
    SKIP;

    /** As documents say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
