package io.retally.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON, and MongoDB's extended JSON in it: canonical, relaxed and the legacy forms.
 *
 * <p>The driver's own reader also takes JavaScript ({@code {a: ObjectId('…')}}) and what follows a document, so JSON is
 * read strictly first; of the extended forms, the frequent ones are read here and the others by the driver. A value that
 * is none of them, such as {@code {"$oid": "x"}}, becomes undefined: the wrong type wherever the contract names a field,
 * and of no interest elsewhere.
 */
final class ExtendedJson {
    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10_000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(100_000)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int OBJECT_ID_DIGITS = 24;

    private ExtendedJson() {}

    /** Strict JSON in strict UTF-8; empty if it is anything else. */
    static Optional<JsonNode> json(byte[] bytes) {
        try {
            return json(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static Optional<JsonNode> json(String text) {
        try {
            JsonNode node = STRICT.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static BsonDocument document(JsonNode object) {
        BsonDocument document = new BsonDocument();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            document.put(field.getKey(), value(field.getValue()));
        }
        return document;
    }

    static BsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> new BsonString(node.textValue());
            case BOOLEAN -> BsonBoolean.valueOf(node.booleanValue());
            case NUMBER -> number(node);
            case ARRAY -> {
                BsonArray array = new BsonArray();
                node.forEach(element -> array.add(value(element)));
                yield array;
            }
            case OBJECT -> object(node);
            default -> BsonNull.VALUE;
        };
    }

    private static BsonValue number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.canConvertToInt() ? new BsonInt32(node.intValue()) : new BsonInt64(node.longValue());
        }
        return new BsonDouble(node.doubleValue());
    }

    private static BsonValue object(JsonNode node) {
        String first = node.isEmpty() ? "" : node.fieldNames().next();
        if (!first.startsWith("$")) {
            return document(node);
        }
        BsonValue frequent = node.size() == 1 ? frequent(first, node.path(first)) : null;
        return frequent == null ? byDriver(node) : frequent;
    }

    private static @Nullable BsonValue frequent(String form, JsonNode content) {
        if (form.equals("$oid")) {
            String digits = content.textValue();
            return digits != null && digits.length() == OBJECT_ID_DIGITS && ObjectId.isValid(digits)
                    ? new BsonObjectId(new ObjectId(digits))
                    : null;
        }
        if (form.equals("$date")) {
            JsonNode millis = content.size() == 1 ? content.path("$numberLong") : content;
            return millis.isIntegralNumber() && millis.canConvertToLong() ? new BsonDateTime(millis.longValue()) : null;
        }
        return null;
    }

    private static BsonValue byDriver(JsonNode node) {
        try {
            BsonValue value = BsonDocument.parse("{\"v\": " + node + "}").get("v");
            return value == null ? new BsonUndefined() : value;
        } catch (RuntimeException e) {
            // The driver throws exceptions of its own, of java.lang and of java.time for forms with wrong content.
            return new BsonUndefined();
        }
    }
}
