package io.retally.devkit.forget;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** The ids whose text is the one that the tables show. Two of one text do not occur in a collection. */
final class ContactIds {
    private ContactIds() {}

    /** A string, and whatever else it may be the text of; a number finds that of any type. */
    static List<BsonValue> of(String text) {
        List<BsonValue> ids = new ArrayList<>(List.of(new BsonString(text)));
        if (ObjectId.isValid(text)) {
            ids.add(new BsonObjectId(new ObjectId(text)));
        }
        if (text.matches("-?\\d{1,18}")) {
            ids.add(new BsonInt64(Long.parseLong(text)));
        }
        if (text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            ids.add(new BsonBinary(UUID.fromString(text)));
        }
        return ids;
    }
}
