package io.retally.devkit.load.destination;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Extended JSON of the flavour that Debezium's MongoDB connector writes, as a JSON string within a message. The common
 * values are written at once, several times as fast as the driver's writer does it; all others by the driver's writer.
 */
final class ConnectorJson {

    /** The connector's settings; strict mode is deprecated in the driver, and what the connector still writes. */
    @SuppressWarnings("deprecation")
    static final JsonWriterSettings SETTINGS = JsonWriterSettings.builder()
            .outputMode(JsonMode.STRICT)
            .indent(true)
            .indentCharacters("")
            .newLineCharacters("")
            .build();

    /** The connector's settings for the id in a message's key, which are others: {@code 5} for a long, not a wrapper. */
    private static final JsonWriterSettings KEY_SETTINGS = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .indent(true)
            .indentCharacters("")
            .newLineCharacters("")
            .build();

    private static final String WRAPPER = "{\"v\": ";

    private ConnectorJson() {}

    /** Appends the document as a JSON string, quotes included. */
    static void appendQuoted(StringBuilder out, BsonDocument document) {
        if (!document.keySet().stream().allMatch(ConnectorJson::isPlain)) {
            appendQuoted(out, (BsonValue) document);
            return;
        }
        out.append("\"{");
        String separator = "\\\"";
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            out.append(separator).append(field.getKey()).append("\\\": ");
            append(out, field.getValue());
            separator = ",\\\"";
        }
        out.append("}\"");
    }

    /** Appends the value as a JSON string, quotes included. */
    static void appendQuoted(StringBuilder out, BsonValue value) {
        out.append('"');
        append(out, value);
        out.append('"');
    }

    /** Appends the id as it is in a key, a JSON string, quotes included. */
    static void appendQuotedId(StringBuilder out, BsonValue id) {
        out.append('"');
        switch (id.getBsonType()) {
            case INT32, OBJECT_ID, STRING -> append(out, id);
            default -> appendByDriver(out, id, KEY_SETTINGS);
        }
        out.append('"');
    }

    private static void append(StringBuilder out, BsonValue value) {
        switch (value.getBsonType()) {
            case INT32 -> out.append(value.asInt32().getValue());
            case BOOLEAN -> out.append(value.asBoolean().getValue());
            case DATE_TIME ->
                out.append("{\\\"$date\\\": ")
                        .append(value.asDateTime().getValue())
                        .append('}');
            case OBJECT_ID ->
                out.append("{\\\"$oid\\\": \\\"")
                        .append(value.asObjectId().getValue().toHexString())
                        .append("\\\"}");
            case STRING -> appendString(out, value);
            default -> appendByDriver(out, value, SETTINGS);
        }
    }

    private static void appendString(StringBuilder out, BsonValue value) {
        String text = value.asString().getValue();
        if (isPlain(text)) {
            out.append("\\\"").append(text).append("\\\"");
        } else {
            appendByDriver(out, value, SETTINGS);
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void appendByDriver(StringBuilder out, BsonValue value, JsonWriterSettings settings) {
        String json = new BsonDocument("v", value).toJson(settings);
        for (int i = WRAPPER.length(); i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
    }
}
