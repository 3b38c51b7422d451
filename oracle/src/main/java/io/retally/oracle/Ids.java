package io.retally.oracle;

import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/** The text of an id: the rules of the contract's section 'Documents'. */
public final class Ids {
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final int UUID_BYTES = 16;

    private Ids() {}

    /**
     * An ObjectId's 24 hex digits, a string itself, an integer's decimal digits, a UUID's canonical text, anything else's
     * canonical extended JSON; null for what is no id: null, what MongoDB refuses as {@code _id} (arrays, regular
     * expressions, undefined), and what holds something that is no value of BSON.
     */
    public static @Nullable String text(BsonValue id) {
        return switch (id.getBsonType()) {
            case OBJECT_ID -> id.asObjectId().getValue().toHexString();
            case STRING -> id.asString().getValue();
            case INT32 -> Integer.toString(id.asInt32().getValue());
            case INT64 -> Long.toString(id.asInt64().getValue());
            case BINARY -> binary(id.asBinary());
            case NULL, ARRAY, REGULAR_EXPRESSION, UNDEFINED, END_OF_DOCUMENT -> null;
            default -> ExtendedJson.isReadable(id) ? canonicalJson(id) : null;
        };
    }

    private static String binary(BsonBinary id) {
        if (id.getType() == BsonBinarySubType.UUID_STANDARD.getValue() && id.getData().length == UUID_BYTES) {
            UUID uuid = id.asUuid(UuidRepresentation.STANDARD);
            return uuid.toString();
        }
        return canonicalJson(id);
    }

    private static String canonicalJson(BsonValue value) {
        String wrapped = new BsonDocument("v", value).toJson(CANONICAL);
        return wrapped.substring("{\"v\": ".length(), wrapped.length() - "}".length());
    }
}
