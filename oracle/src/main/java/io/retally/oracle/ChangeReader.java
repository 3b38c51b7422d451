package io.retally.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's messages, by the contract's section 'Change messages'.
 *
 * <p>Only a missing value is a tombstone. One without any bytes, JSON's {@code null} and a wrapped one are no changes: they
 * have no {@code op}.
 */
public final class ChangeReader {

    private ChangeReader() {}

    /** A change, and the {@code source.ts_ms} that came with it, if any did. */
    public record Message(Change change, @Nullable Long sourceMillis) {}

    public static Message read(byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return new Message(new Change.Tombstone(), null);
        }
        Optional<JsonNode> json = ExtendedJson.json(value);
        if (json.isEmpty()) {
            return noChange("the value is no JSON");
        }
        JsonNode payload = unwrapped(json.get(), "op");
        if (!payload.isObject()) {
            return noChange("the value is no JSON object");
        }
        String op = payload.path("op").asText("");
        if (!payload.path("op").isTextual() || !op.matches("[rcud]")) {
            return noChange("no known op");
        }
        String id = key == null ? null : id(key);
        if (id == null) {
            return noChange("the key cannot be read");
        }
        JsonNode sourceMillis = payload.path("source").path("ts_ms");
        return new Message(
                change(op, id, payload.path("after")),
                sourceMillis.isIntegralNumber() && sourceMillis.canConvertToLong() ? sourceMillis.longValue() : null);
    }

    private static Change change(String op, String id, JsonNode after) {
        boolean nothing = after.isMissingNode() || after.isNull();
        if (op.equals("d") || (op.equals("u") && nothing)) {
            return new Change.Gone(id);
        }
        if (nothing) {
            return unusable(id, "op " + op + " without after");
        }
        Optional<BsonValue> value = after.isTextual() ? ExtendedJson.value(after.textValue()) : Optional.empty();
        return value.filter(BsonValue::isDocument)
                .<Change>map(document -> new Change.Present(id, document.asDocument()))
                .orElseGet(() -> unusable(id, "after is no JSON object in a string"));
    }

    private static Change unusable(String id, String detail) {
        return new Change.Unusable(id, new Verdict.Unusable(Verdict.Reason.NO_DOCUMENT, detail));
    }

    private static Message noChange(String detail) {
        return new Message(new Change.NoChange(detail), null);
    }

    /** The text of the id in a message's key; null if the key cannot be read. */
    public static @Nullable String id(byte[] key) {
        return ExtendedJson.json(key)
                .map(json -> unwrapped(json, "id").path("id"))
                .filter(JsonNode::isTextual)
                .flatMap(id -> ExtendedJson.value(id.textValue()))
                .map(Ids::text)
                .orElse(null);
    }

    private static JsonNode unwrapped(JsonNode json, String ownField) {
        JsonNode payload = json.get("payload");
        return payload != null && !json.has(ownField) ? payload : json;
    }
}
