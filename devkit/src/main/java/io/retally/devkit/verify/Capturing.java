package io.retally.devkit.verify;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.SourceCollection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/** MongoDB as the source of truth, and how to know that its changes have reached the topics. */
final class Capturing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final MongoClient client;
    private final MongoDatabase database;
    private final Logs logs;

    Capturing(String uri, Logs logs) {
        this.client = MongoClients.create(uri);
        this.database = client.getDatabase("coaching");
        this.logs = logs;
    }

    /** Returns when every change made before the call is in its topic: a marker written now comes after them. */
    void awaitCaught() {
        ObjectId id = new ObjectId();
        TopicPartition markers = new TopicPartition(Topics.CAPTURE_MARKERS, 0);
        try (var consumer = logs.consumer()) {
            consumer.assign(List.of(markers));
            consumer.seekToEnd(List.of(markers));
            consumer.position(markers); // decides on the end now, before the marker
            database.getCollection("capture_markers", BsonDocument.class)
                    .insertOne(new BsonDocument("_id", new BsonObjectId(id)));
            Instant end = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(end)) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    byte[] key = message.key();
                    if (key != null && new String(key, StandardCharsets.UTF_8).contains(id.toHexString())) {
                        return;
                    }
                }
            }
        }
        throw new StackException(
                "the connector has not captured a marker within " + PATIENCE.toMinutes() + " min",
                "see `./retally logs connect`");
    }

    void write(ChangeWriter writer) throws SQLException {
        for (SourceCollection collection : SourceCollection.values()) {
            for (BsonDocument document : database.getCollection(collection.collectionName(), BsonDocument.class)
                    .find()
                    .batchSize(5_000)) {
                writer.addDocument(collection, document);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
