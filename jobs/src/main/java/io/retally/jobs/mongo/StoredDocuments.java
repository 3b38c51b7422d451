package io.retally.jobs.mongo;

import io.retally.core.document.Collection;
import org.apache.flink.connector.mongodb.source.MongoSource;
import org.apache.flink.connector.mongodb.source.enumerator.splitter.PartitionStrategy;

/**
 * A bounded source of one collection's documents. Each is read once, as it was at some moment of the reading: one that is
 * written meanwhile may be the old one or the new one.
 *
 * <p>The collection is cut at ids of a sample, which needs no right but to read, and no particular topology; the connector's
 * other ways need the command {@code splitVector}, or a sharded cluster.
 */
public final class StoredDocuments {
    private static final int FETCH_DOCUMENTS = 5_000;

    private StoredDocuments() {}

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
