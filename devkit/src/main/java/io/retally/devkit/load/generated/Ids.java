package io.retally.devkit.load.generated;

import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/**
 * Object ids in the order of their making. The bytes are those of an ObjectId: a time, then (instead of machine and
 * counter) 3 bytes of the company's seed and a counter of 5 bytes, so that two companies share no id.
 */
final class Ids {

    private final long company;
    private long count;

    Ids(long seed) {
        this.company = Dice.mix(seed + 1) & 0xFFFFFF;
    }

    /** The next id, as if made at this time. */
    BsonObjectId next(long atMillis) {
        return at(count++, atMillis);
    }

    private BsonObjectId at(long number, long atMillis) {
        byte[] bytes = new byte[12];
        put(bytes, 0, 4, atMillis / 1000);
        put(bytes, 4, 3, company);
        put(bytes, 7, 5, number);
        return new BsonObjectId(new ObjectId(bytes));
    }

    private static void put(byte[] bytes, int offset, int length, long value) {
        for (int i = 0; i < length; i++) {
            bytes[offset + i] = (byte) (value >>> (8 * (length - 1 - i)));
        }
    }
}
