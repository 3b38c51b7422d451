package io.retally.documents;

import static io.retally.documents.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * The text of an id: an ObjectId's 24 hex digits, a string itself, an integer's decimal digits, a UUID's canonical text,
 * anything else its canonical extended JSON as MongoDB's driver writes it. An array, null, undefined or a regular
 * expression is no id. The frequent forms are read here, the rest by the driver.
 */
final class Ids {
    /** Deeper than MongoDB stores; the driver's reader is recursive. */
    static final int NESTING_MAX = 200;

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final String PREFIX = "{\"v\": ";

    private Ids() {}

    /** The id whose first token is the current one; goes to its last, or throws from inside it. */
    static String read(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        return switch (p.currentToken()) {
            case VALUE_STRING -> p.getText();
            case VALUE_NUMBER_INT -> Long.toString(ExtendedJson.int64(p));
            case VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> rare(p.getText());
            case START_OBJECT -> object(json);
            default -> throw ExtendedJson.wrongType(p, "an id");
        };
    }

    private static String object(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        String name = p.nextFieldName();
        if (name == null) {
            return rare("{}");
        }
        String text = switch (name) {
            case "$oid" -> objectId(ExtendedJson.operand(p));
            case "$numberInt" -> Integer.toString(int32(ExtendedJson.operand(p)));
            case "$numberLong" -> Long.toString(ExtendedJson.parseLong(ExtendedJson.operand(p)));
            case "$uuid" -> uuid(ExtendedJson.operand(p));
            default -> null;
        };
        if (text == null) {
            return rare(json.finishObject(NESTING_MAX));
        }
        ExtendedJson.endObject(p);
        return text;
    }

    private static String objectId(String hex) throws UnusableValue {
        boolean upper = false;
        boolean valid = hex.length() == 24;
        for (int i = 0; valid && i < 24; i++) {
            char c = hex.charAt(i);
            upper |= c >= 'A' && c <= 'F';
            valid = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        }
        if (!valid) {
            throw new UnusableValue(WRONG_TYPE, "\"" + hex + "\" is no ObjectId; 24 hex digits are");
        }
        return upper ? asciiLowerCase(hex) : hex;
    }

    private static int int32(String number) throws UnusableValue {
        long value = ExtendedJson.parseLong(number);
        if ((int) value != value) {
            throw new UnusableValue(WRONG_TYPE, "\"" + number + "\" is no integer of 32 bits");
        }
        return (int) value;
    }

    private static String uuid(String text) throws UnusableValue {
        boolean valid = text.length() == 36;
        for (int i = 0; valid && i < 36; i++) {
            char c = text.charAt(i);
            valid = (i == 8 || i == 13 || i == 18 || i == 23)
                    ? c == '-'
                    : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        }
        if (!valid) {
            throw new UnusableValue(WRONG_TYPE, "\"" + text + "\" is no UUID");
        }
        return asciiLowerCase(text);
    }

    private static String asciiLowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    // The driver's parser throws JsonParseException, NumberFormatException, IllegalArgumentException, and who knows
    // what.
    private static String rare(String extendedJson) throws UnusableValue {
        BsonValue value;
        try {
            value = Objects.requireNonNull(
                    BsonDocument.parse(PREFIX + extendedJson + '}').get("v"));
        } catch (RuntimeException e) {
            throw new UnusableValue(WRONG_TYPE, "no id in extended JSON: " + e.getMessage());
        }
        return switch (value.getBsonType()) {
            case OBJECT_ID -> value.asObjectId().getValue().toHexString();
            case STRING -> value.asString().getValue();
            case INT32, INT64 -> Long.toString(value.asNumber().longValue());
            case ARRAY, NULL, UNDEFINED, REGULAR_EXPRESSION ->
                throw new UnusableValue(WRONG_TYPE, "an id is required, but found " + value.getBsonType());
            case BINARY -> isUuid(value) ? value.asBinary().asUuid().toString() : canonical(value);
            default -> canonical(value);
        };
    }

    private static boolean isUuid(BsonValue value) {
        return value.asBinary().getType() == BsonBinarySubType.UUID_STANDARD.getValue()
                && value.asBinary().getData().length == 16;
    }

    private static String canonical(BsonValue value) {
        String document = new BsonDocument("v", value).toJson(CANONICAL);
        return document.substring(PREFIX.length(), document.length() - 1);
    }
}
