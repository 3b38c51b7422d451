package io.retally.oracle;

import java.util.List;

/** Whether a document is usable, and what it says if so. */
public sealed interface Verdict {

    /** The document's rows of {@code source.*}: one, and for a program one more for each lesson. */
    record Usable(List<SourceRow> rows) implements Verdict {}

    /** The document counts as absent. */
    record Unusable(Reason reason, String detail) implements Verdict {}

    /** Why a document is unusable. */
    enum Reason {
        /** A required field is missing or null. */
        MISSING_FIELD,
        /** A field that the contract names has another type. */
        WRONG_TYPE,
        UNKNOWN_VERB,
        /** No region name of the tz database. */
        UNKNOWN_TIME_ZONE,
        /** A whole number or a date outside its range, or a number that is not whole. */
        OUT_OF_RANGE,
        /** Two lessons of a program have one id. */
        REPEATED_LESSON,
        /** U+0000 or a lone surrogate in a string that would be served. */
        UNSERVABLE_TEXT,
        /** A snapshot read or an insert whose {@code after} is missing, null, or no JSON object in a string. */
        NO_DOCUMENT,
        /** Of a rule of assignments: no action. */
        UNKNOWN_ACTION,
        /** Of a rule of assignments: a lesson to repeat beside its own, or a condition that there is not. */
        UNEXPECTED_FIELD
    }
}
