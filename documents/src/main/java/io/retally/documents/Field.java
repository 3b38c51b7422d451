package io.retally.documents;

/** A field that the contract names. */
record Field(String name, Kind kind, boolean required) {

    /** What a field may hold, and so how it is read. */
    enum Kind {
        /** The document's own {@code _id}: it must be an id, but the message's key decides which document is meant. */
        OWN_ID,
        ID,
        /** A string that is served, and so must be text to PostgreSQL. */
        NAME,
        /** A string that is not served. */
        TEXT,
        WHOLE,
        PERCENT,
        VIDEO_SECONDS,
        DATE,
        BOOLEAN,
        VERB,
        TIME_ZONE,
        IDS,
        LESSONS,
        ACTION,
        /** A number of answers or segments. */
        COUNT,
        DAYS,
        CONDITION
    }

    static Field required(String name, Kind kind) {
        return new Field(name, kind, true);
    }

    static Field optional(String name, Kind kind) {
        return new Field(name, kind, false);
    }
}
