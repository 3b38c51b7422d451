package io.retally.oracle;

import org.bson.BsonDocument;

/** What a message of a change log says. */
public sealed interface Change {

    /** A null value: says nothing. */
    record Tombstone() implements Change {}

    /** No change at all: not JSON, no known {@code op}, a key that cannot be read. Says nothing of any document. */
    record NoChange(String detail) implements Change {}

    /** The document with this id is gone. */
    record Gone(String id) implements Change {}

    /** The document with this id is now this one, usable or not. */
    record Present(String id, BsonDocument document) implements Change {}

    /** Something is said of the document with this id, and it holds no document: it counts as absent. */
    record Unusable(String id, Verdict.Unusable why) implements Change {}
}
