package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for when it opened a change stream.
 *
 * @param database null for a stream of the whole cluster
 * @param collection null for a stream of a whole database or of the cluster
 * @param fullDocument MongoDB's option: {@code default}, {@code updateLookup}, {@code whenAvailable} or {@code required}
 * @param preImages whether events carry the document as it was before
 * @param resumeAfter null to start at {@code startAt}
 * @param startAt the first cluster time wanted; null to start now
 */
record ChangeStream(
        @Nullable String database,
        @Nullable String collection,
        String fullDocument,
        boolean preImages,
        @Nullable ResumeToken resumeAfter,
        @Nullable Long startAt) {

    private static final Set<String> INTERNAL_DATABASES = Set.of("admin", "config", "local");

    static ChangeStream parse(String database, Object target, Document options) {
        boolean cluster = Boolean.TRUE.equals(options.get("allChangesForCluster"));
        Object after = options.containsKey("startAfter") ? options.get("startAfter") : options.get("resumeAfter");
        return new ChangeStream(
                cluster ? null : database,
                target instanceof String collection && !cluster ? collection : null,
                (String) options.getOrDefault("fullDocument", "default"),
                !"off".equals(options.getOrDefault("fullDocumentBeforeChange", "off")),
                after instanceof Document token ? ResumeToken.parse(token) : null,
                options.get("startAtOperationTime") instanceof BsonTimestamp at ? at.getValue() : null);
    }

    boolean covers(Change change) {
        if (database == null) {
            return !INTERNAL_DATABASES.contains(change.database());
        }
        return database.equals(change.database()) && (collection == null || collection.equals(change.collection()));
    }

    /** Whether the stream ends with this change: what it watches is no more. */
    boolean endsWith(Change change) {
        return collection != null
                ? change.operation() == Operation.DROP
                : database != null && change.operation() == Operation.DROP_DATABASE;
    }

    String namespace() {
        return (database == null ? "admin" : database) + "." + (collection == null ? "$cmd.aggregate" : collection);
    }
}
