package io.retally.devkit.forget;

import io.retally.oracle.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;
import org.bson.types.ObjectId;

/** The ids whose text is the one that the tables show. Two of one text do not occur in a collection. */
final class ContactIds {
    private ContactIds() {}

    /** A string, and whatever else this is the text of, to the letter: 7 is not 007, which may be another's. */
    static List<BsonValue> of(String text) {
        List<BsonValue> ids = new ArrayList<>();
        ids.add(new BsonString(text));
        if (ObjectId.isValid(text)) {
            ids.add(new BsonObjectId(new ObjectId(text)));
        }
        try {
            ids.add(new BsonInt32(Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            // no such number
        }
        try {
            ids.add(new BsonInt64(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            // no such number
        }
        try {
            ids.add(new BsonBinary(UUID.fromString(text)));
        } catch (IllegalArgumentException e) {
            // no UUID
        }
        if (text.startsWith("{")) {
            try {
                ids.add(BsonDocument.parse("{\"v\": " + text + "}").get("v"));
            } catch (JsonParseException e) {
                // no extended JSON
            }
        }
        ids.removeIf(id -> !text.equals(Ids.text(id)));
        return ids;
    }
}
