package io.retally.devkit.load.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.time.Clock;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Change messages as the Debezium MongoDB connector 3.6 writes them: JSON, schemas off, the document in {@code after}
 * as extended JSON of the connector's own flavour. An update looks like a replacement of the whole document. Used from
 * one thread: {@code source.ord} counts within a second.
 */
public final class DebeziumMessages {

    private final String beforeTime;
    private final String beforeMicros;
    private final Clock clock;
    private final StringBuilder message = new StringBuilder(1024);
    private long second;
    private int ord;

    /**
     * @param serverName the prefix of the topics, {@code retally}
     * @param database the second part of the topics' names, {@code coaching} or {@code backfill}
     */
    public DebeziumMessages(String serverName, String database, Clock clock) {
        this.beforeTime =
                ",\"updateDescription\":null,\"source\":{\"version\":\"3.6.1.Final\",\"connector\":\"mongodb\",\"name\":\""
                        + serverName + "\",\"ts_ms\":";
        this.beforeMicros = ",\"snapshot\":\"false\",\"db\":\"" + database + "\",\"sequence\":null,\"ts_us\":";
        this.clock = clock;
    }

    /** The message's key, which is also what decides its partition. */
    public byte[] key(BsonValue id) {
        message.setLength(0);
        message.append("{\"id\":");
        ConnectorJson.appendQuotedId(message, id);
        return message.append('}').toString().getBytes(UTF_8);
    }

    /** The message's value. A deletion's tombstone is not part of it. */
    public byte[] value(ChangeOfDocument change) {
        return value(change.collection(), change.document(), op(change.op()));
    }

    /** The value by which a snapshot tells of a document. */
    public byte[] snapshot(Collection collection, BsonDocument document) {
        return value(collection, document, "r");
    }

    /** The value that tells of a deletion; the key says which document's. */
    public byte[] deletion(Collection collection) {
        return value(collection, null, "d");
    }

    private byte[] value(Collection collection, @Nullable BsonDocument document, String op) {
        long now = clock.millis();
        countOrd(now);
        message.setLength(0);
        message.append("{\"before\":null,\"after\":");
        if (document == null) {
            message.append("null");
        } else {
            ConnectorJson.appendQuoted(message, document);
        }
        message.append(beforeTime)
                .append(now)
                .append(beforeMicros)
                .append(now)
                .append("000,\"ts_ns\":")
                .append(now)
                .append("000000,\"collection\":\"")
                .append(collection.collectionName())
                .append("\",\"ord\":")
                .append(ord)
                .append(",\"lsid\":null,\"txnNumber\":null,\"wallTime\":")
                .append(now)
                .append("},\"op\":\"")
                .append(op)
                .append("\",\"ts_ms\":")
                .append(now)
                .append(",\"transaction\":null}");
        return message.toString().getBytes(UTF_8);
    }

    private void countOrd(long now) {
        if (now / 1000 != second) {
            second = now / 1000;
            ord = 0;
        }
        ord++;
    }

    private static String op(ChangeOfDocument.Op op) {
        return switch (op) {
            case INSERT -> "c";
            case REPLACE -> "u";
            case DELETE -> "d";
        };
    }
}
