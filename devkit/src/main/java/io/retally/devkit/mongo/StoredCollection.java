package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A collection that keeps its documents as BSON in the order of their insertion and tells the change log of every write.
 *
 * <p>Writers exclude each other and append to the log before they let go, so that the log has a document's changes in their
 * order. Readers take no lock: a find sees each document as it was at some moment of the find, as from MongoDB, and a
 * change stream can look documents up while a writer waits for it.
 */
final class StoredCollection extends AbstractMongoCollection<Long> {

    private static final Document EVERYTHING = new Document();

    private final ConcurrentNavigableMap<Long, byte[]> documents = new ConcurrentSkipListMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final ChangeLog log;
    private long positions;
    private boolean replacing;

    StoredCollection(
            MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, ChangeLog log) {
        super(database, name, options, cursors);
        this.log = log;
    }

    /** The document with this id as it is now. */
    @Nullable
    Document lookUp(Object id) {
        for (Document document : find(new Document("_id", id), null, 0, 1, null)) {
            return document;
        }
        return null;
    }

    /** Matching documents, found while one iterates; each is a copy. */
    Iterable<Document> find(
            Document filter, @Nullable Document sort, int skip, int limit, @Nullable Document projection) {
        return queryDocuments(filter, sort, skip, limit, 0, projection);
    }

    @Override
    public synchronized void addDocument(Document document) {
        super.addDocument(document);
        capture(Operation.INSERT, document, documents.lastEntry().getValue(), null);
    }

    @Override
    public synchronized List<Document> insertDocuments(List<Document> inserted, boolean ordered) {
        return super.insertDocuments(inserted, ordered);
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean multi, boolean upsert, Oplog oplog) {
        replacing = isReplacement(update);
        return super.updateDocuments(selector, update, filters, multi, upsert, oplog);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        replacing = query.get("update") instanceof Document update && isReplacement(update);
        return super.findAndModify(query);
    }

    @Override
    public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return super.deleteDocuments(selector, limit, oplog);
    }

    @Override
    public synchronized void removeDocument(Document document) {
        super.removeDocument(document);
    }

    @Override
    public synchronized void renameTo(MongoDatabase database, String name) {
        super.renameTo(database, name);
    }

    private static boolean isReplacement(Document update) {
        return update.keySet().stream().noneMatch(key -> key.startsWith("$"));
    }

    @Override
    protected Long addDocumentInternal(Document document) {
        Long position = positions++;
        byte[] stored = Bson.encode(document);
        documents.put(position, stored);
        count.incrementAndGet();
        bytes.addAndGet(stored.length);
        return position;
    }

    @Override
    protected void handleUpdate(Long position, Document before, Document after) {
        byte[] now = Bson.encode(after);
        byte[] old = Objects.requireNonNull(documents.put(position, now));
        bytes.addAndGet(now.length - old.length);
        capture(replacing ? Operation.REPLACE : Operation.UPDATE, after, now, old);
    }

    @Override
    protected void removeDocument(Long position) {
        byte[] old = Objects.requireNonNull(documents.remove(position));
        count.decrementAndGet();
        bytes.addAndGet(-old.length);
        capture(Operation.DELETE, Bson.decode(old), null, old);
    }

    private void capture(Operation operation, Document document, byte @Nullable [] after, byte @Nullable [] before) {
        if (!getCollectionName().startsWith("system.")) {
            log.append(operation, getDatabaseName(), getCollectionName(), document.get("_id"), after, before);
        }
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, @Nullable Document sort, int skip, int limit, int batchSize, @Nullable Document fields) {
        var mayMatch = RawFilter.of(query);
        var source = isNaturalDescending(sort) ? documents.descendingMap() : documents;
        return lazily(
                () -> source.values().stream().filter(mayMatch).map(Bson::decode), query, sort, skip, limit, fields);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            Iterable<Long> found,
            @Nullable Document sort,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document fields) {
        return lazily(
                () -> StreamSupport.stream(found.spliterator(), false)
                        .map(documents::get)
                        .filter(Objects::nonNull)
                        .map(Bson::decode),
                query,
                sort,
                skip,
                limit,
                fields);
    }

    private interface Source {
        Stream<Document> open();
    }

    /** The superclass would gather all matches in a list, which two million documents do not fit. */
    private QueryResult lazily(
            Source source, Document query, @Nullable Document sort, int skip, int limit, @Nullable Document fields) {
        return new QueryResult(() -> {
            Stream<Document> found = source.open().filter(document -> documentMatchesQuery(document, query));
            var order = deriveComparator(sort);
            found = (order == null ? found : found.sorted(order)).skip(skip);
            found = limit > 0 ? found.limit(limit) : found;
            return (fields == null || fields.isEmpty() ? found : found.map(document -> project(document, fields)))
                    .iterator();
        });
    }

    /** Projections are the superclass's secret; it applies one to a result. */
    private Document project(Document document, Document fields) {
        return matchDocumentsFromStream(EVERYTHING, Stream.of(document), 0, 0, 0, null, fields)
                .iterator()
                .next();
    }

    @Override
    protected Stream<DocumentWithPosition<Long>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
    }

    @Override
    protected @Nullable Document getDocument(Long position) {
        byte[] stored = documents.get(position);
        return stored == null ? null : Bson.decode(stored);
    }

    @Override
    public int count() {
        return count.get();
    }

    @Override
    protected int getDataSize() {
        return (int) Math.min(Integer.MAX_VALUE, bytes.get());
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int difference) {
        throw new IllegalStateException("data size is tracked with the stored bytes");
    }
}
