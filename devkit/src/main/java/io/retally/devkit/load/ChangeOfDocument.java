package io.retally.devkit.load;

import io.retally.core.document.Collection;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One change of one document of database {@code coaching}. {@code document} is the whole document after the change, its
 * {@code _id} first; null exactly when the change is a deletion.
 */
public record ChangeOfDocument(
        Collection collection,
        Op op,
        BsonValue id,
        @Nullable BsonDocument document) {

    /** What happened to the document. */
    public enum Op {
        INSERT,
        REPLACE,
        DELETE
    }

    public ChangeOfDocument {
        if ((op == Op.DELETE) != (document == null)) {
            throw new IllegalArgumentException(
                    op + " of " + id + (document == null ? " without" : " with") + " document");
        }
    }

    /** The document is new. */
    public static ChangeOfDocument insert(Collection collection, BsonDocument document) {
        return new ChangeOfDocument(collection, Op.INSERT, Documents.id(document), document);
    }

    /** The document is now this one. */
    public static ChangeOfDocument replace(Collection collection, BsonDocument document) {
        return new ChangeOfDocument(collection, Op.REPLACE, Documents.id(document), document);
    }

    /** The document is gone. */
    public static ChangeOfDocument delete(Collection collection, BsonValue id) {
        return new ChangeOfDocument(collection, Op.DELETE, id, null);
    }
}
