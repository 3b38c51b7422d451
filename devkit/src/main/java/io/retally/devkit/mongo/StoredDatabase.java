package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of {@link StoredCollection}s. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Long> {

    private final ChangeLog log;

    StoredDatabase(String name, CursorRegistry cursors, ChangeLog log) {
        super(name, cursors);
        this.log = log;
        initializeNamespacesAndIndexes();
    }

    /** The collection, or null if there is none of this name. */
    @Nullable
    StoredCollection collection(String name) {
        return (StoredCollection) resolveCollection(name, false);
    }

    @Override
    protected MongoCollection<Long> openOrCreateCollection(String name, CollectionOptions options) {
        return new StoredCollection(this, name, options, cursorRegistry, log);
    }

    @Override
    protected Index<Long> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        return new UniqueIndex(name, keys, sparse);
    }

    @Override
    protected long getStorageSize() {
        return 0;
    }

    @Override
    protected long getFileSize() {
        return 0;
    }
}
