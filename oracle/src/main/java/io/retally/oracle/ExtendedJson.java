package io.retally.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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
 * read strictly first; of the extended forms, the frequent ones are read here and the others by the driver.
 *
 * <p>What is no value of BSON is the wrong type wherever the contract names a field, and of no interest elsewhere. A form
 * that the driver refuses, such as {@code {"$oid": "x"}}, becomes a document of which the first field is unreadable; an
 * integer of more than 64 bits, and what is nested more deeply than MongoDB stores it, become unreadable themselves.
 */
final class ExtendedJson {
    /** What cannot be read; known by its identity. */
    private static final BsonValue UNREADABLE = new BsonUndefined();

    /** MongoDB's documents have at most 180 levels. */
    private static final int LEVELS_MAX = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            // Names made to collide are read, slowly.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    private static final ObjectMapper TREES = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int OBJECT_ID_DIGITS = 24;

    private ExtendedJson() {}

    /** Strict JSON in strict UTF-8, with or without a byte order mark; empty if it is anything else. */
    static Optional<JsonNode> json(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode node = TREES.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The value that the text means in extended JSON; empty if it is no JSON. */
    static Optional<BsonValue> value(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            BsonValue value = new Values(parser, text).value(1);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing in the value, which has no more levels than documents have, is unreadable. */
    static boolean isReadable(BsonValue value) {
        if (value.isDocument()) {
            return value.asDocument().values().stream().allMatch(ExtendedJson::isReadable);
        }
        return value.isArray() ? value.asArray().stream().allMatch(ExtendedJson::isReadable) : value != UNREADABLE;
    }

    /** Values of one text, whose parser is at the first token of a value. */
    private record Values(JsonParser parser, String text) {

        /** The value at the parser's token, to its last token. */
        BsonValue value(int level) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> new BsonString(parser.getText());
                case VALUE_TRUE -> BsonBoolean.TRUE;
                case VALUE_FALSE -> BsonBoolean.FALSE;
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> new BsonDouble(parser.getDoubleValue());
                case START_ARRAY, START_OBJECT -> {
                    if (level > LEVELS_MAX) {
                        parser.skipChildren();
                        yield UNREADABLE;
                    }
                    yield parser.currentToken() == JsonToken.START_ARRAY ? array(level) : object(level);
                }
                default -> BsonNull.VALUE;
            };
        }

        private BsonValue integer() throws IOException {
            return switch (parser.getNumberType()) {
                case INT -> new BsonInt32(parser.getIntValue());
                case LONG -> new BsonInt64(parser.getLongValue());
                default -> UNREADABLE;
            };
        }

        private BsonArray array(int level) throws IOException {
            BsonArray array = new BsonArray();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(level + 1));
            }
            return array;
        }

        /** A document, or what one of the extended forms means. */
        private BsonValue object(int level) throws IOException {
            int start = (int) parser.currentLocation().getCharOffset() - 1;
            BsonDocument fields = new BsonDocument();
            String first = parser.nextFieldName();
            if (first == null) {
                return fields;
            }
            boolean single = true;
            JsonToken firstToken = parser.nextToken();
            fields.put(first, value(level + 1));
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                single = false;
                parser.nextToken();
                fields.put(name, value(level + 1));
            }
            if (!first.startsWith("$")) {
                return fields;
            }
            BsonValue meant = single ? frequent(first, firstToken, fields.get(first)) : null;
            if (meant == null && isReadable(fields)) {
                meant = byDriver(
                        text.substring(start, (int) parser.currentLocation().getCharOffset()));
            }
            return meant == null ? fields.append(first, UNREADABLE) : meant;
        }
    }

    private static @Nullable BsonValue frequent(String form, @Nullable JsonToken token, @Nullable BsonValue content) {
        if (form.equals("$oid") && content instanceof BsonString string) {
            String digits = string.getValue();
            return digits.length() == OBJECT_ID_DIGITS && ObjectId.isValid(digits)
                    ? new BsonObjectId(new ObjectId(digits))
                    : null;
        }
        if (form.equals("$date") && token == JsonToken.VALUE_NUMBER_INT && content != null && content.isNumber()) {
            return new BsonDateTime(content.asNumber().longValue());
        }
        return null;
    }

    /** Null for what the driver refuses. */
    private static @Nullable BsonValue byDriver(String form) {
        try {
            return Objects.requireNonNull(
                    BsonDocument.parse("{\"v\": " + form + "}").get("v"));
        } catch (RuntimeException e) {
            // The driver throws exceptions of its own, of java.lang and of java.time for forms with wrong content.
            return null;
        }
    }
}
