package io.retally.devkit.load.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A choice of documents by a seed, in one pass over all of them and in any order: those whose keys hash lowest. A
 * document may be offered again when it has changed, and with null when it is gone. Some more than asked for are kept, in case
 * chosen ones go.
 */
final class Sample {

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final int SPARE = 1_000;

    private final long seed;
    private final int size;
    private final TreeMap<Long, BsonDocument> chosen = new TreeMap<>();

    Sample(long seed, int size) {
        this.seed = seed;
        this.size = size;
    }

    /**
     * Offers the latest version of a document.
     *
     * @param key the bytes of its change messages' key
     * @param document asked only if the document may be chosen; null if it is gone or unwanted
     */
    void offer(byte[] key, Supplier<@Nullable BsonDocument> document) {
        long hash = hash(key);
        if (size == 0 || (chosen.size() >= size + SPARE && hash > chosen.lastKey())) {
            return;
        }
        BsonDocument latest = document.get();
        if (latest == null) {
            chosen.remove(hash);
            return;
        }
        chosen.put(hash, latest);
        if (chosen.size() > size + SPARE) {
            chosen.pollLastEntry();
        }
    }

    /** The chosen documents, at most as many as asked for. */
    List<BsonDocument> documents() {
        return new ArrayList<>(chosen.values().stream().limit(size).toList());
    }

    /** FNV-1a (Fowler, Noll, Vo), stirred with the seed. */
    private long hash(byte[] key) {
        long hash = FNV_OFFSET;
        for (byte b : key) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ seed) * 0x9E3779B97F4A7C15L;
        return (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    }
}
