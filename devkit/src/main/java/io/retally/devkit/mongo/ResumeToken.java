package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/**
 * A place in the log: after the change of this cluster time.
 *
 * <p>Written as MongoDB does at the start, because readers (Debezium among them) take the time out of it: {@code 82}, sixteen hex
 * digits of the timestamp, and then {@code 00}, or {@code 01} for the event that ends a stream.
 */
record ResumeToken(long clusterTime, boolean invalidate) {

    private static final String TIMESTAMP_TAG = "82";
    private static final int HEX_DIGITS = 16;

    static ResumeToken parse(Document token) {
        if (token.get("_data") instanceof String data
                && data.startsWith(TIMESTAMP_TAG)
                && data.length() >= TIMESTAMP_TAG.length() + HEX_DIGITS) {
            int end = TIMESTAMP_TAG.length() + HEX_DIGITS;
            long clusterTime = Long.parseUnsignedLong(data.substring(TIMESTAMP_TAG.length(), end), 16);
            return new ResumeToken(clusterTime, data.startsWith("01", end));
        }
        throw new MongoServerError(
                50811,
                "Location50811",
                "not a resume token of this server: " + token + "; open the stream without one");
    }

    Document toDocument() {
        return new Document("_data", String.format("%s%016X%s", TIMESTAMP_TAG, clusterTime, invalidate ? "01" : "00"));
    }
}
