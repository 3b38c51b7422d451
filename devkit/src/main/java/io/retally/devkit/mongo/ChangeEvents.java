package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes as the events of one stream, in the form of MongoDB 6.0. */
record ChangeEvents(ChangeStream stream, Lookup lookup) {

    /** The document with an id as it is now, or null if it is gone. */
    interface Lookup {
        @Nullable
        Document find(String database, String collection, Object id);
    }

    Document event(Change change) {
        Document event = head(change, change.operation().wireName(), new ResumeToken(change.clusterTime(), false));
        switch (change.operation()) {
            case INSERT, REPLACE -> event.append("fullDocument", decode(change.after()));
            case UPDATE -> appendFullDocument(event, change);
            case DELETE, DROP, DROP_DATABASE -> {}
        }
        Document namespace = new Document("db", change.database());
        namespace.putIfNotNull("coll", change.collection());
        event.append("ns", namespace);
        if (change.id() != null) {
            event.append("documentKey", new Document("_id", change.id()));
        }
        if (change.operation() == Operation.UPDATE && change.before() != null && change.after() != null) {
            event.append(
                    "updateDescription",
                    UpdateDescription.between(Bson.decode(change.before()), Bson.decode(change.after())));
        }
        if (stream.preImages() && change.before() != null) {
            event.append("fullDocumentBeforeChange", Bson.decode(change.before()));
        }
        return event;
    }

    /** The last event of a stream whose collection or database was dropped. */
    Document invalidation(Change change) {
        return head(change, "invalidate", new ResumeToken(change.clusterTime(), true));
    }

    private static Document head(Change change, String operation, ResumeToken token) {
        return new Document("_id", token.toDocument())
                .append("operationType", operation)
                .append("clusterTime", new BsonTimestamp(change.clusterTime()))
                .append("wallTime", Instant.ofEpochMilli(change.wallMillis()));
    }

    private void appendFullDocument(Document event, Change change) {
        switch (stream.fullDocument()) {
            case "default" -> {}
            case "updateLookup" -> event.append("fullDocument", lookUp(change));
            default -> event.append("fullDocument", decode(change.after()));
        }
    }

    private @Nullable Document lookUp(Change change) {
        return change.collection() == null || change.id() == null
                ? null
                : lookup.find(change.database(), change.collection(), change.id());
    }

    private static @Nullable Document decode(byte @Nullable [] image) {
        return image == null ? null : Bson.decode(image);
    }
}
