package io.retally.devkit.verify;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.SourceCollection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** MongoDB as the source of truth, and how to know that its changes have reached the topics. */
public final class Capturing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String OF_SNAPSHOT = "\"op\":\"r\"";

    private final MongoClient client;
    private final MongoDatabase database;
    private final Logs logs;

    public Capturing(String uri, Logs logs) {
        this.client = MongoClients.create(uri);
        this.database = client.getDatabase("coaching");
        this.logs = logs;
    }

    /**
     * Returns when every change made before the call is in its topic: a marker written now comes after them. A marker that
     * a snapshot has read comes before the documents of other collections; so another one is written then, until one comes
     * out of the change stream.
     */
    public void awaitCaught() {
        TopicPartition markers = new TopicPartition(Topics.CAPTURE_MARKERS, 0);
        try (var consumer = logs.consumer()) {
            consumer.assign(List.of(markers));
            consumer.seekToEnd(List.of(markers));
            consumer.position(markers); // decides on the end now, before the marker
            String marker = writeMarker();
            Instant end = Instant.now().plus(PATIENCE);
            while (Instant.now().isBefore(end)) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    if (message.value() != null && text(message.key()).contains(marker)) {
                        if (!text(message.value()).contains(OF_SNAPSHOT)) {
                            return;
                        }
                        marker = writeMarker();
                    }
                }
            }
        }
        throw new StackException(
                "the connector has not captured a marker within " + PATIENCE.toMinutes() + " min",
                "see `./retally logs connect`");
    }

    private String writeMarker() {
        ObjectId id = new ObjectId();
        database.getCollection("capture_markers", BsonDocument.class)
                .insertOne(new BsonDocument("_id", new BsonObjectId(id)));
        return id.toHexString();
    }

    private static String text(byte @Nullable [] utf8) {
        return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
    }

    /** Those documents of a collection that have one of these ids. */
    public List<BsonDocument> find(String collection, List<BsonValue> ids) {
        return database.getCollection(collection, BsonDocument.class)
                // At least what the connector has seen, whatever the connection string says.
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .find(Filters.in("_id", ids))
                .into(new ArrayList<>());
    }

    /** All documents of a collection. */
    List<BsonDocument> all(String collection) {
        return database.getCollection(collection, BsonDocument.class).find().into(new ArrayList<>());
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
