package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.List;

/** The index bounds {@code min} and {@code max} of a find, on {@code _id} only: the Flink connector's splits use them. */
final class IdRange {

    private IdRange() {}

    /** The find's filter with its bounds, the lower inclusive and the upper exclusive. */
    static Document filter(Document find) {
        Document filter = find.get("filter") instanceof Document given ? given : new Document();
        Document range = new Document();
        if (find.get("min") instanceof Document min && !(min.get("_id") instanceof MinKey)) {
            range.put("$gte", min.get("_id"));
        }
        if (find.get("max") instanceof Document max && !(max.get("_id") instanceof MaxKey)) {
            range.put("$lt", max.get("_id"));
        }
        if (range.isEmpty()) {
            return filter;
        }
        Document bound = new Document("_id", range);
        return filter.isEmpty() ? bound : new Document("$and", List.of(filter, bound));
    }
}
