package io.retally.bench.streams;

import org.jspecify.annotations.Nullable;

/**
 * What a ledger has to say: a row of a table or, without a text, its deletion; or a difference of a program's sums.
 *
 * @param table null of a difference
 */
record Outcome(
        @Nullable String table,
        @Nullable String row,
        @Nullable Share share) {
    static final String REP_LESSON = "rep_lesson";
    static final String REP_PROGRAM = "rep_program";
    static final String PROGRAM_SUMMARY = "program_summary";

    static Outcome row(String table, @Nullable String row) {
        return new Outcome(table, row, null);
    }

    static Outcome share(Share share) {
        return new Outcome(null, null, share);
    }

    boolean isOf(String which) {
        return which.equals(table);
    }
}
