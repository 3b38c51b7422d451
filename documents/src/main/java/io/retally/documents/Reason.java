package io.retally.documents;

import java.util.Locale;

/** Why a message became a dead letter: the closed list of header {@code reason}. Consumers depend on the codes: append only. */
public enum Reason {
    // No change at all: the message says nothing of any document.
    EMPTY_VALUE,
    NOT_JSON,
    UNKNOWN_OP,
    UNREADABLE_KEY,
    // An unusable document: it counts as absent until a usable version of it arrives.
    NO_DOCUMENT,
    DOCUMENT_NOT_JSON,
    MISSING_FIELD,
    WRONG_TYPE,
    OUT_OF_RANGE,
    UNKNOWN_VERB,
    UNKNOWN_TIME_ZONE,
    DUPLICATE_LESSON,
    UNSERVABLE_TEXT,
    // Either: JSON beyond the decoder's limits.
    LIMIT_EXCEEDED,
    // An unusable rule of assignments.
    UNKNOWN_ACTION,
    UNEXPECTED_FIELD;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The text of header {@code reason}, such as {@code missing_field}. */
    public String code() {
        return code;
    }
}
