package io.retally.devkit.audit;

import io.retally.core.document.Collection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A document of which the log does not say what MongoDB holds, as the job `audit` has found it.
 *
 * @param id its text
 * @param partition where the log speaks of it, or null if it does not
 * @param messageKey the key of its last message, or null
 * @param storedId its {@code _id} in canonical extended JSON, or null if MongoDB had no such document
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Finding(
        Kind kind,
        Collection collection,
        String id,
        @Nullable Integer partition,
        byte @Nullable [] messageKey,
        @Nullable String storedId) {

    /** What is wrong. */
    public enum Kind {
        GONE("in the log, gone from MongoDB"),
        MISSING("in MongoDB, not in the log"),
        DIFFERENT("different");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Which document, for whoever finds it in a message. */
    record Document(String collection, String id) {}

    Document document() {
        return new Document(collection.collectionName(), id);
    }

    /** What to look for in MongoDB. */
    BsonValue mongodbId() throws IOException {
        String json = storedId != null ? storedId : MessageKeys.id(Objects.requireNonNull(messageKey));
        return Objects.requireNonNull(
                BsonDocument.parse("{\"v\": " + json + "}").get("v"));
    }

    @Override
    public String toString() {
        String key = messageKey == null ? "none" : new String(messageKey, StandardCharsets.UTF_8);
        return kind + " " + collection.collectionName() + " " + id + ", key " + key + ", partition " + partition;
    }
}
