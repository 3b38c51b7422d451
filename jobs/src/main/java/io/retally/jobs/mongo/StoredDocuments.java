package io.retally.jobs.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.retally.core.document.Collection;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.mongodb.source.MongoSource;
import org.apache.flink.connector.mongodb.source.enumerator.splitter.PartitionStrategy;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * A bounded source of one collection's documents. Each is read once, as it was at some moment of the reading: one that is
 * written meanwhile may be the old one or the new one.
 *
 * <p>The collection is cut at ids of a sample, which needs no right but to read, and no particular topology; the connector's
 * other ways need the command {@code splitVector}, or a sharded cluster.
 */
public final class StoredDocuments {
    private static final int FETCH_DOCUMENTS = 5_000;
    private static final int SECONDS_TO_CONNECT = 10;

    private StoredDocuments() {}

    /**
     * Asks the server whether it is there, so that a certificate that is not trusted is said at once, and with what to do.
     *
     * @throws IllegalStateException if so. Other failures are the reading's.
     */
    public static void checkAccess(String uri) {
        try (MongoClient client = MongoClients.create(settings(uri))) {
            try {
                client.getDatabase("admin").runCommand(new BsonDocument("ping", new BsonInt32(1)));
            } catch (MongoException e) {
                client.getClusterDescription().getServerDescriptions().forEach(server -> {
                    for (Throwable cause = server.getException(); cause != null; cause = cause.getCause()) {
                        if (cause instanceof CertificateException) {
                            throw new IllegalStateException(
                                    "MongoDB at " + server.getAddress() + ": its certificate is not trusted ("
                                            + cause.getMessage() + "). Put that of the authority that signed it into a"
                                            + " truststore (keytool -importcert), and name it to the job's JVMs by"
                                            + " -Djavax.net.ssl.trustStore",
                                    e);
                        }
                    }
                });
            }
        }
    }

    /** Of a client that does not wait long for the server. */
    static MongoClientSettings settings(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS))
                .build();
    }

    public static MongoSource<StoredDocument> of(String uri, String database, Collection collection) {
        return MongoSource.<StoredDocument>builder()
                .setUri(uri)
                .setDatabase(database)
                .setCollection(collection.collectionName())
                .setPartitionStrategy(PartitionStrategy.SAMPLE)
                .setFetchSize(FETCH_DOCUMENTS)
                .setDeserializationSchema(new StoredDocumentSchema(collection))
                .build();
    }
}
