package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The index bounds {@code min} and {@code max} of a find, on {@code _id} only: the Flink connector's splits use them. They
 * are places in the index, which has ids of all types in one order; a filter's {@code $gte} compares those of one type.
 *
 * @param min inclusive, or null
 * @param max exclusive, or null
 */
record IdRange(@Nullable Object min, @Nullable Object max) {

    private static final Comparator<Object> INDEX_ORDER = ValueComparator.asc();

    static IdRange of(Document find) {
        return new IdRange(bound(find, "min"), bound(find, "max"));
    }

    private static @Nullable Object bound(Document find, String name) {
        return find.get(name) instanceof Document bound ? bound.get("_id") : null;
    }

    boolean isEverything() {
        return min == null && max == null;
    }

    boolean holds(Document document) {
        Object id = document.get("_id");
        return (min == null || INDEX_ORDER.compare(id, min) >= 0) && (max == null || INDEX_ORDER.compare(id, max) < 0);
    }
}
