package io.retally.jobs.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.mongodb.sink.MongoSink;
import org.apache.flink.util.function.ThrowingConsumer;
import org.bson.BsonDocument;

/**
 * Collection {@code assignments}.
 *
 * <p>MongoDB's connection string, password and all, is in variable {@value #URI} of each process's environment, which reads it
 * for itself: no secret is in an argument, the job graph or a log.
 *
 * @param database that the collection is in
 */
public record AssignmentsTarget(String database) implements Serializable {

    static final String URI = "RETALLY_MONGODB_URI";

    static final String COLLECTION = "assignments";

    private static final int BATCH_DOCUMENTS = 1_000;
    private static final long BATCH_INTERVAL_MS = 100;

    /** The server's code for a user without the right. */
    private static final int UNAUTHORIZED = 13;

    /**
     * Asks the server whether it lets the user in and read, so that what no restart mends is said by the process that submits
     * the job, and at once. A server that is away is no problem: the job waits for it.
     *
     * @throws IllegalStateException that says what to do
     */
    public void checkAccess() {
        StoredDocuments.checkAccess(uri());
        try (MongoClient client = MongoClients.create(StoredDocuments.settings(uri()))) {
            var unused = client.getDatabase(database)
                    .getCollection(COLLECTION, BsonDocument.class)
                    .find()
                    .projection(Projections.include("_id"))
                    .first();
        } catch (MongoException e) {
            if (e instanceof MongoSecurityException || e.getCode() == UNAUTHORIZED) {
                throw new IllegalStateException(
                        "MongoDB does not let the user in, or not read; the user of variable " + URI
                                + " needs find, insert, update and remove on " + database + "." + COLLECTION,
                        e);
            }
        }
    }

    /**
     * Passes on the ids of the documents that are there now.
     *
     * @throws MongoException if they cannot be read
     */
    public void forEachId(ThrowingConsumer<AssignmentId, Exception> action) throws Exception {
        try (MongoClient client = MongoClients.create(uri());
                MongoCursor<BsonDocument> documents = client.getDatabase(database)
                        .getCollection(COLLECTION, BsonDocument.class)
                        .find()
                        .projection(Projections.include("_id"))
                        .cursor()) {
            while (documents.hasNext()) {
                AssignmentId id = AssignmentSchema.read(documents.next());
                if (id != null) {
                    action.accept(id);
                }
            }
        }
    }

    /**
     * Writes changes at least once, in batches, and those of one subtask in their order. When a checkpoint is complete, all in
     * front of it is in MongoDB.
     */
    public Sink<AssignmentChange> sink() {
        return new AssignmentsSink(this);
    }

    MongoSink<AssignmentChange> connect() {
        return MongoSink.<AssignmentChange>builder()
                .setUri(uri())
                .setDatabase(database)
                .setCollection(COLLECTION)
                .setBatchSize(BATCH_DOCUMENTS)
                .setBatchIntervalMs(BATCH_INTERVAL_MS)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setSerializationSchema(new AssignmentSchema())
                .build();
    }

    private static String uri() {
        String uri = System.getenv(URI);
        if (uri == null) {
            throw new IllegalStateException("variable " + URI
                    + " must hold MongoDB's connection string, in the environment of job manager and task managers");
        }
        try {
            var unused = new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // Its message may show the password.
            throw new IllegalStateException("variable " + URI + " holds no connection string of MongoDB");
        }
        return uri;
    }
}
