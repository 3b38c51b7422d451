package io.retally.devkit.load.changes;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.retally.core.document.Collection;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.MongoTarget;
import java.time.Clock;
import org.bson.BsonDocument;

/** The documents of database {@code coaching} in MongoDB. */
public final class MongoDocuments implements CurrentDocuments {

    private final MongoClient client;

    /** Only for keys: a choice by key is the same here and in Kafka. */
    private final DebeziumMessages messages = new DebeziumMessages("", "", Clock.systemUTC());

    public MongoDocuments(String uri) {
        this.client = MongoClients.create(uri);
    }

    @Override
    public void readAll(Collection collection, Reader reader) {
        client.getDatabase(MongoTarget.DATABASE)
                .getCollection(collection.collectionName(), BsonDocument.class)
                .find()
                .batchSize(5_000)
                .forEach(document -> reader.read(messages.key(Documents.id(document)), () -> document));
    }

    @Override
    public void close() {
        client.close();
    }
}
