package io.retally.core.assignment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rule has a rep do. The order is part of the state format: append only. */
public enum Action {
    /** The lesson itself once more. */
    REPEAT,
    /** Another lesson beside the program's. */
    ADD,
    /** Another lesson not at all. */
    SKIP;

    private static final Map<String, Action> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Action::word, Function.identity()));

    /** The action that documents call so; null if there is none. */
    public static @Nullable Action named(String word) {
        return BY_WORD.get(word);
    }

    /** As documents say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
