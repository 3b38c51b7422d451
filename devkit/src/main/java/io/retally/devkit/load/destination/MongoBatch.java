package io.retally.devkit.load.destination;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Changes of one collection that are written together, in any order: never two of one document.
 *
 * <p>An interaction is inserted, and left alone if it is there already, so that an interrupted load can be repeated.
 * Any other document is put in place of the one that is there: several loads may bring the same account or contact.
 */
final class MongoBatch {

    private static final int SIZE = 1_000;
    private static final int DUPLICATE_KEY = 11000;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoCollection<BsonDocument> mongo;
    private final boolean insertOnly;
    private final Map<BsonValue, WriteModel<BsonDocument>> writes = new LinkedHashMap<>();
    private long alreadyThere;

    MongoBatch(MongoDatabase database, Collection collection) {
        this.mongo = database.getCollection(collection.collectionName(), BsonDocument.class);
        this.insertOnly = collection == Collection.INTERACTIONS;
    }

    void add(ChangeOfDocument change) {
        if (writes.containsKey(change.id())) {
            write();
        }
        writes.put(change.id(), model(change));
        if (writes.size() >= SIZE) {
            write();
        }
    }

    private WriteModel<BsonDocument> model(ChangeOfDocument change) {
        BsonDocument id = new BsonDocument("_id", change.id());
        if (change.op() == ChangeOfDocument.Op.DELETE) {
            return new DeleteOneModel<>(id);
        }
        BsonDocument document = Objects.requireNonNull(change.document());
        return change.op() == ChangeOfDocument.Op.INSERT && insertOnly
                ? new InsertOneModel<>(document)
                : new ReplaceOneModel<>(id, document, UPSERT);
    }

    void write() {
        if (writes.isEmpty()) {
            return;
        }
        try {
            mongo.bulkWrite(List.copyOf(writes.values()), UNORDERED);
        } catch (MongoBulkWriteException failed) {
            if (failed.getWriteConcernError() != null
                    || failed.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw failed;
            }
            alreadyThere += failed.getWriteErrors().size();
        }
        writes.clear();
    }

    long alreadyThere() {
        return alreadyThere;
    }
}
