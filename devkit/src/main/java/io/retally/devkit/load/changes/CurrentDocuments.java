package io.retally.devkit.load.changes;

import io.retally.core.document.Collection;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Where the documents can be read that are there now. */
public interface CurrentDocuments extends AutoCloseable {

    /** Takes versions of documents: of one document the latest one last, null when it is gone. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] key, Supplier<@Nullable BsonDocument> document);
    }

    /** Reads all documents of the collection that are there when this is called. */
    void readAll(Collection collection, Reader reader);

    @Override
    void close();
}
