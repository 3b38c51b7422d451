package io.retally.documents;

import static io.retally.documents.Reason.UNREADABLE_KEY;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the document's id from a message's key: {@code {"id": "…"}}, whose string holds the id in extended JSON. */
final class KeyReader {
    private static final byte[] OID_PREFIX = "{\"id\":\"{\\\"$oid\\\": \\\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OID_SUFFIX = "\\\"}\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int OID_DIGITS = 24;

    private final JsonFactory factory;

    KeyReader(JsonFactory factory) {
        this.factory = factory;
    }

    /** The id; throws {@link Reason#UNREADABLE_KEY} if there is none. */
    String read(byte @Nullable [] key) throws UnusableValue {
        if (key == null || key.length == 0) {
            throw unreadable("the message has no key");
        }
        String objectId = asConnectorWritesObjectId(key);
        if (objectId != null) {
            return objectId;
        }
        if (!Utf8.mayBeJson(key)) {
            throw unreadable("the key is no UTF-8");
        }
        try (JsonParser p = factory.createParser(key)) {
            Key top = readObject(p, true);
            String id = top.hasId || top.payload == null ? top.id : top.payload.id;
            if (p.nextToken() != null) {
                throw unreadable("the key holds more than one JSON value");
            }
            if (id == null) {
                throw unreadable("the key has no string 'id'");
            }
            return readId(id);
        } catch (IOException e) {
            throw unreadable(JsonText.rejection(e, UNREADABLE_KEY, "the key").detail());
        }
    }

    private static final class Key {
        boolean hasId;

        @Nullable
        String id;

        @Nullable
        Key payload;
    }

    private static Key readObject(JsonParser p, boolean top) throws IOException, UnusableValue {
        Key key = new Key();
        if ((top ? p.nextToken() : p.currentToken()) != JsonToken.START_OBJECT) {
            throw unreadable("the key is no JSON object");
        }
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            JsonToken token = p.nextToken();
            if (name.equals("id")) {
                key.hasId = true;
                key.id = token == JsonToken.VALUE_STRING ? p.getText() : null;
                p.skipChildren();
            } else if (top && name.equals("payload")) {
                key.payload = token == JsonToken.START_OBJECT ? readObject(p, false) : null;
                p.skipChildren();
            } else {
                p.skipChildren();
            }
        }
        return key;
    }

    /** The text of an id in extended JSON. */
    String readId(String id) throws IOException, UnusableValue {
        char[] chars = id.toCharArray();
        try (JsonText json = new JsonText(factory, chars, 0, chars.length)) {
            if (json.parser.nextToken() == null) {
                throw unreadable("'id' is empty");
            }
            String text;
            try {
                text = Ids.read(json);
            } catch (UnusableValue e) {
                throw unreadable("'id': " + e.rejection().detail());
            }
            if (json.parser.nextToken() != null) {
                throw unreadable("'id' holds more than one JSON value");
            }
            return text;
        }
    }

    /** The hex digits if the key is, byte for byte, what the connector writes for an ObjectId; the hot path. */
    private static @Nullable String asConnectorWritesObjectId(byte[] key) {
        int end = OID_PREFIX.length + OID_DIGITS;
        if (key.length != end + OID_SUFFIX.length
                || !Arrays.equals(key, 0, OID_PREFIX.length, OID_PREFIX, 0, OID_PREFIX.length)
                || !Arrays.equals(key, end, key.length, OID_SUFFIX, 0, OID_SUFFIX.length)) {
            return null;
        }
        for (int i = OID_PREFIX.length; i < end; i++) {
            if (!((key[i] >= '0' && key[i] <= '9') || (key[i] >= 'a' && key[i] <= 'f'))) {
                return null;
            }
        }
        return new String(key, OID_PREFIX.length, OID_DIGITS, StandardCharsets.ISO_8859_1);
    }

    private static UnusableValue unreadable(String detail) {
        return new UnusableValue(UNREADABLE_KEY, detail);
    }
}
