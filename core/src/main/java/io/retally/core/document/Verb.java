package io.retally.core.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a rep did, or was sent. The order is part of the state format: append only. */
public enum Verb {
    MESSAGE_SENT,
    MESSAGE_CLICKED,
    LESSON_OPENED,
    SEGMENT_WATCHED,
    QUESTION_ANSWERED,
    LESSON_COMPLETED;

    private static final Map<String, Verb> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Verb::verbName, Function.identity()));

    /** The verb's name in a document. */
    public String verbName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verb of this name, or null if there is none. */
    public static @Nullable Verb named(String name) {
        return BY_NAME.get(name);
    }
}
