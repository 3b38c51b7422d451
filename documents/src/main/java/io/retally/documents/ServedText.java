package io.retally.documents;

import java.util.regex.Pattern;

/** Text that PostgreSQL's type {@code text} can hold, and UTF-8. */
public final class ServedText {

    /** U+0000 and lone surrogates. */
    private static final Pattern UNSERVABLE = Pattern.compile("[\\x{0}\\x{D800}-\\x{DFFF}]");

    private ServedText() {}

    /** The same text, U+FFFD in the place of each character that cannot be served. */
    public static String of(String text) {
        return UNSERVABLE.matcher(text).replaceAll("\uFFFD");
    }
}
