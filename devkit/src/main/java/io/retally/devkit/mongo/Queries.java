package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads of one collection, in batches: find, samples and split points. A missing collection is an empty one. */
final class Queries {

    private static final int FIRST_BATCH_DOCUMENTS = 101;
    private static final long MEBIBYTE = 1 << 20;

    private final CursorRegistry cursors;

    Queries(CursorRegistry cursors) {
        this.cursors = cursors;
    }

    Document find(@Nullable StoredCollection collection, String namespace, Document query) {
        Iterator<Document> found = collection == null ? Collections.emptyIterator() : find(collection, query);
        int batch = number(query, "batchSize", FIRST_BATCH_DOCUMENTS);
        boolean single = Boolean.TRUE.equals(query.get("singleBatch"));
        return firstBatch(found, namespace, single ? number(query, "limit", 0) : batch, single);
    }

    private static Iterator<Document> find(StoredCollection collection, Document query) {
        Document filter = query.get("filter") instanceof Document given ? given : new Document();
        Document sort = (Document) query.get("sort");
        int skip = number(query, "skip", 0);
        int limit = Math.abs(number(query, "limit", 0));
        Document projection = (Document) query.get("projection");
        IdRange range = IdRange.of(query);
        if (range.isEverything()) {
            return collection.find(filter, sort, skip, limit, projection).iterator();
        }
        if (skip != 0 || limit != 0 || projection != null) {
            throw new MongoServerError(
                    9, "FailedToParse", "this server takes min and max without skip, limit and projection");
        }
        var all = collection.find(filter, sort, 0, 0, null);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(range::holds)
                .iterator();
    }

    /** The stock {@code $sample} sorts with a random comparator, which the JDK's sort now and then refuses. */
    List<Document> sample(@Nullable StoredCollection collection, int size) {
        List<Document> sample = new ArrayList<>();
        if (collection != null) {
            collection.find(new Document(), null, 0, 0, null).forEach(sample::add);
            Collections.shuffle(sample);
        }
        return sample.subList(0, Math.min(size, sample.size()));
    }

    /** Ids that cut a collection into chunks of half the given size, as MongoDB's splitVector does. */
    Document splitKeys(@Nullable StoredCollection collection, long maxChunkMebibytes) {
        List<Document> keys = new ArrayList<>();
        if (collection != null && collection.count() > 0) {
            long averageBytes = Math.max(1, collection.getDataSize() / collection.count());
            long documentsAChunk = Math.max(1, maxChunkMebibytes * MEBIBYTE / 2 / averageBytes);
            var all = collection.find(new Document(), null, 0, 0, null);
            List<Object> ids = StreamSupport.stream(all.spliterator(), false)
                    .map(document -> document.get("_id"))
                    .sorted(ValueComparator.asc())
                    .toList();
            for (long at = documentsAChunk; at < ids.size(); at += documentsAChunk) {
                keys.add(new Document("_id", ids.get((int) at)));
            }
        }
        return new Document("splitKeys", keys);
    }

    /** The first batch of a result; what is left waits in a cursor. */
    Document firstBatch(Iterator<Document> result, String namespace, int batch, boolean single) {
        ResultCursor cursor = new ResultCursor(cursors.generateCursorId(), result);
        List<Document> first = batch == 0 && !single ? List.of() : cursor.takeDocuments(batch);
        boolean done = single || cursor.isEmpty();
        if (!done) {
            cursors.add(cursor);
        }
        return reply("firstBatch", first, namespace, done ? 0 : cursor.getId());
    }

    Document nextBatch(ResultCursor cursor, String namespace, int batch) {
        List<Document> next = cursor.takeDocuments(batch);
        boolean done = cursor.isEmpty();
        if (done) {
            cursors.remove(cursor);
        }
        return reply("nextBatch", next, namespace, done ? 0 : cursor.getId());
    }

    private static Document reply(String batchName, List<Document> batch, String namespace, long cursor) {
        return new Document(
                "cursor", new Document(batchName, batch).append("id", cursor).append("ns", namespace));
    }

    /** A field that the command cannot do without. */
    static <T> T required(Document query, String field, Class<T> type) {
        Object value = query.get(field);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new MongoServerError(
                9, "FailedToParse", "field " + field + " of the command must be a " + type.getSimpleName());
    }

    static int number(Document query, String field, int otherwise) {
        return query.get(field) instanceof Number number ? number.intValue() : otherwise;
    }
}
