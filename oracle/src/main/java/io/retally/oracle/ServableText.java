package io.retally.oracle;

/** What PostgreSQL's {@code text} in UTF-8 can hold. */
final class ServableText {
    private static final char LAST_BEFORE_SURROGATES = '\uD7FF';
    private static final String REPLACEMENT = "\uFFFD";

    private ServableText() {}

    /** Whether the text is free of U+0000 and lone surrogates. */
    static boolean isServable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (isLoneSurrogate(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Any text as one that PostgreSQL holds, distinct texts staying distinct and in the order of their code points: for ids
     * that are compared and never served. U+0000 and U+0001 become two characters that start with U+0001; lone surrogates
     * and U+D7FF two that start with U+D7FF.
     */
    static String orderedForm(String text) {
        StringBuilder form = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isSurrogate(c) && !isLoneSurrogate(text, i);
            boolean escaped = c <= 1 || c == LAST_BEFORE_SURROGATES || (Character.isSurrogate(c) && !pair);
            if (escaped && form == null) {
                form = new StringBuilder(text.substring(0, i));
            }
            if (form != null) {
                if (c <= 1) {
                    form.append('\u0001').append((char) (1 + c));
                } else if (c == LAST_BEFORE_SURROGATES) {
                    form.append(c).append('\u0001');
                } else if (escaped) {
                    form.append(LAST_BEFORE_SURROGATES).append((char) (2 + c - Character.MIN_SURROGATE));
                } else {
                    form.append(c);
                    if (pair) {
                        form.append(text.charAt(i + 1));
                    }
                }
            }
            if (pair) {
                i++;
            }
        }
        return form == null ? text : form.toString();
    }

    /** The text with what PostgreSQL cannot hold replaced: for what no query looks at. */
    static String replaced(String text) {
        if (isServable(text)) {
            return text;
        }
        StringBuilder form = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = c == 0 || (Character.isSurrogate(c) && isLoneSurrogate(text, i));
            form.append(bad ? REPLACEMENT : String.valueOf(c));
            if (!bad && Character.isHighSurrogate(c)) {
                form.append(text.charAt(++i));
            }
        }
        return form.toString();
    }

    private static boolean isLoneSurrogate(String text, int i) {
        return !Character.isHighSurrogate(text.charAt(i))
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1));
    }
}
