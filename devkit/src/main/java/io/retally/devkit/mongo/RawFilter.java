package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rejects stored documents that cannot match a query without decoding them: a scan of two million documents for one
 * contact's interactions then takes tenths of a second, not many seconds.
 *
 * <p>Only equality of a top-level field with a string or an ObjectId is looked at. What it lets through is still to be matched;
 * what it rejects never matches. An array passes, because MongoDB looks into arrays.
 */
final class RawFilter {

    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Equality(byte[] name, byte type, byte[] value) {}

    private RawFilter() {}

    static Predicate<byte[]> of(Document query) {
        List<Equality> equalities = new ArrayList<>();
        query.forEach((name, value) -> {
            if (name.startsWith("$") || name.contains(".")) {
                return;
            }
            if (value instanceof String || value instanceof ObjectId) {
                equalities.add(equality(name, value));
            }
        });
        return equalities.isEmpty()
                ? document -> true
                : document -> equalities.stream().allMatch(equality -> mayHold(document, equality));
    }

    private static Equality equality(String name, Object value) {
        byte[] wrapped = Bson.encode(new Document("", value));
        // length (4), type (1), an empty name (1), the value, the terminator (1)
        return new Equality(
                name.getBytes(StandardCharsets.UTF_8), wrapped[4], Arrays.copyOfRange(wrapped, 6, wrapped.length - 1));
    }

    private static boolean mayHold(byte[] document, Equality equality) {
        int at = 4;
        while (document[at] != BsonConstants.TERMINATING_BYTE) {
            byte type = document[at];
            int name = at + 1;
            int end = name;
            while (document[end] != 0) {
                end++;
            }
            int value = end + 1;
            int length = length(document, type, value);
            if (length < 0) {
                return true;
            }
            if (Arrays.equals(document, name, end, equality.name, 0, equality.name.length)) {
                return type == BsonConstants.TYPE_ARRAY
                        || (type == equality.type && holds(document, value, length, equality.value));
            }
            at = value + length;
        }
        return false;
    }

    /** Bytes of a value, or -1 for a type whose length is not worth knowing here. See the BSON specification 1.1. */
    private static int length(byte[] document, byte type, int at) {
        return switch (type) {
            case BsonConstants.TYPE_DOUBLE,
                    BsonConstants.TYPE_UTC_DATETIME,
                    BsonConstants.TYPE_INT64,
                    BsonConstants.TYPE_TIMESTAMP -> 8;
            case BsonConstants.TYPE_INT32 -> 4;
            case BsonConstants.TYPE_BOOLEAN -> 1;
            case BsonConstants.TYPE_NULL -> 0;
            case BsonConstants.TYPE_OBJECT_ID -> 12;
            case BsonConstants.TYPE_DECIMAL128 -> 16;
            case BsonConstants.TYPE_UTF8_STRING -> 4 + int32(document, at);
            case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY -> int32(document, at);
            case BsonConstants.TYPE_DATA -> 5 + int32(document, at);
            default -> -1;
        };
    }

    private static boolean holds(byte[] document, int at, int length, byte[] value) {
        return Arrays.equals(document, at, at + length, value, 0, value.length);
    }

    private static int int32(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }
}
