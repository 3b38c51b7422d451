package io.retally.devkit.forget;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.retally.core.document.Collection;
import io.retally.devkit.load.destination.MongoTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** A contact's documents in MongoDB: its own, its enrolments, and what it did. */
final class StoredContact implements AutoCloseable {
    /** What refers to a contact before the contact: what is cut short is found again. */
    static final List<Collection> COLLECTIONS =
            List.of(Collection.INTERACTIONS, Collection.ENROLLMENTS, Collection.CONTACTS);

    private final MongoClient client;
    private final List<BsonValue> ids;

    StoredContact(String mongodbUri, String id) {
        this.client = MongoClients.create(mongodbUri);
        this.ids = ContactIds.of(id);
    }

    /** How many documents there are, by collection. */
    Map<Collection, Long> count() {
        Map<Collection, Long> counts = new LinkedHashMap<>();
        for (Collection collection : COLLECTIONS) {
            long count = ids.stream()
                    .mapToLong(id -> documents(collection).countDocuments(filter(collection, id)))
                    .sum();
            counts.put(collection, count);
        }
        return counts;
    }

    /** Returns when a majority of the replica set has deleted them. */
    void delete() {
        for (Collection collection : COLLECTIONS) {
            for (BsonValue id : ids) {
                documents(collection).withWriteConcern(WriteConcern.MAJORITY).deleteMany(filter(collection, id));
            }
        }
    }

    private MongoCollection<BsonDocument> documents(Collection collection) {
        return client.getDatabase(MongoTarget.DATABASE).getCollection(collection.collectionName(), BsonDocument.class);
    }

    /** With its type: to MongoDB the numbers 7 and 7.0 are equal, and here they are two contacts. */
    private static Bson filter(Collection collection, BsonValue id) {
        String field = collection == Collection.CONTACTS ? "_id" : "contactId";
        return Filters.and(Filters.eq(field, id), Filters.type(field, id.getBsonType()));
    }

    @Override
    public void close() {
        client.close();
    }
}
