package io.retally.core.document;

import java.util.Comparator;

/** The order of strings by the bytes of their UTF-8 form: PostgreSQL's {@code collate "C"}. */
public final class Utf8Order implements Comparator<String> {

    public static final Utf8Order INSTANCE = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                return Character.compare(rank(l), rank(r));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Moves surrogates, which stand for code points above U+FFFF, behind all other characters. */
    private static char rank(char c) {
        if (c < Character.MIN_SURROGATE) {
            return c;
        }
        return (char) (c > Character.MAX_SURROGATE ? c - 0x800 : c + 0x2000);
    }
}
