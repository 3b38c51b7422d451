package io.retally.devkit.mongo;

import static io.retally.devkit.mongo.Queries.number;
import static io.retally.devkit.mongo.Queries.required;

import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers commands. What is here is what a client of a replica set needs and mongo-java-server lacks or does otherwise: hello,
 * operation times, change streams, finds in batches, samples, split points. All the rest goes to the superclass.
 */
final class ReplicaSetBackend extends AbstractMongoBackend {

    private static final long DEFAULT_AWAIT_MILLIS = 1_000;
    private static final int FIRST_EVENTS = 101;
    private static final int DEFAULT_CHUNK_MEBIBYTES = 64;

    private final ReplicaSet replicaSet = new ReplicaSet();
    private final Queries queries = new Queries(getCursorRegistry());
    private final ChangeLog log;

    ReplicaSetBackend(int ringChanges, Duration patience) {
        log = new ChangeLog(ringChanges, patience);
        version(ReplicaSet.VERSION);
        enableOplog();
        // Clients that list the databases expect at least these.
        resolveDatabase("admin");
        resolveDatabase("local");
    }

    @Override
    protected Oplog createOplog() {
        return log;
    }

    @Override
    protected StoredDatabase openOrCreateDatabase(String name) {
        return new StoredDatabase(name, getCursorRegistry(), log);
    }

    @Override
    public void dropDatabase(String name) {
        super.dropDatabase(name);
        log.append(Operation.DROP_DATABASE, name, null, null, null, null);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        Document reply = answer(channel, database, command, query);
        if (!reply.containsKey("ok")) {
            Utils.markOkay(reply);
        }
        reply.putIfAbsent("operationTime", log.operationTime());
        return reply;
    }

    private Document answer(Channel channel, String database, String command, Document query) {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "hello", "ismaster" -> replicaSet.hello(channel);
            case "replsetgetstatus" -> replicaSet.status(channel);
            case "endsessions", "refreshsessions", "killsessions" -> new Document();
            case "aggregate" -> aggregate(channel, database, query);
            case "find" ->
                database.equals("admin")
                        ? super.handleCommand(channel, database, command, query)
                        : find(database, required(query, command, String.class), query);
            case "listcollections" ->
                // The stock server knows no collections of admin, and Debezium lists those of every database.
                database.equals("admin")
                        ? queries.firstBatch(List.<Document>of().iterator(), "admin.$cmd.listCollections", 1, true)
                        : super.handleCommand(channel, database, command, query);
            case "splitvector" -> splitVector(required(query, command, String.class), query);
            default -> super.handleCommand(channel, database, command, query);
        };
    }

    private Document find(String database, String name, Document query) {
        return queries.find(collection(database, name), database + "." + name, query);
    }

    private @Nullable StoredCollection collection(String database, String name) {
        return ((StoredDatabase) resolveDatabase(database)).collection(name);
    }

    private Document splitVector(String namespace, Document query) {
        int dot = namespace.indexOf('.');
        return queries.splitKeys(
                collection(namespace.substring(0, dot), namespace.substring(dot + 1)),
                number(query, "maxChunkSize", DEFAULT_CHUNK_MEBIBYTES));
    }

    private Document aggregate(Channel channel, String database, Document query) {
        Object target = required(query, "aggregate", Object.class);
        List<Document> stages = Aggregation.parse(query.get("pipeline"));
        Document first = stages.isEmpty() ? new Document() : stages.get(0);
        if (first.get("$changeStream") instanceof Document options) {
            return openChangeStream(ChangeStream.parse(database, target, options), database, stages, query);
        }
        if (first.get("$sample") instanceof Document sample && target instanceof String name) {
            List<Document> sampled = queries.sample(collection(database, name), number(sample, "size", 1));
            List<Document> result = pipeline(stages, database).runStages(sampled.stream());
            return queries.firstBatch(result.iterator(), database + "." + name, 0, true);
        }
        Document reply = super.handleCommand(channel, database, "aggregate", query);
        return reply.get("cursor") instanceof Document cursor && cursor.get("firstBatch") instanceof List<?> result
                ? queries.firstBatch(
                        documents(result), required(cursor, "ns", String.class), batchSize(query, 0), false)
                : reply;
    }

    private static Iterator<Document> documents(List<?> result) {
        return result.stream().map(Document.class::cast).iterator();
    }

    private static int batchSize(Document query, int otherwise) {
        return query.get("cursor") instanceof Document cursor ? number(cursor, "batchSize", otherwise) : otherwise;
    }

    /** The stages after the first one. */
    private Aggregation pipeline(List<Document> stages, String database) {
        return Aggregation.fromPipeline(
                stages.subList(1, stages.size()), this::resolveDatabase, resolveDatabase(database), null, log);
    }

    private Document openChangeStream(ChangeStream stream, String database, List<Document> stages, Document query) {
        ChangeCursor cursor = new ChangeCursor(
                getCursorRegistry().generateCursorId(), log, stream, pipeline(stages, database), this::lookUp);
        log.enter(cursor);
        getCursorRegistry().add(cursor);
        int batch = batchSize(query, FIRST_EVENTS);
        return events(cursor, "firstBatch", batch == 0 ? List.of() : cursor.take(batch, 0));
    }

    private @Nullable Document lookUp(String database, String name, Object id) {
        StoredCollection collection = collection(database, name);
        return collection == null ? null : collection.lookUp(id);
    }

    private Document events(ChangeCursor cursor, String batchName, List<Document> events) {
        boolean done = cursor.isEmpty();
        if (done) {
            close(cursor.getId());
        }
        return new Document(
                "cursor",
                new Document(batchName, events)
                        .append("postBatchResumeToken", cursor.resumeToken().toDocument())
                        .append("id", done ? 0L : cursor.getId())
                        .append("ns", cursor.stream().namespace()));
    }

    @Override
    protected Document handleGetMore(String database, String command, Document query) {
        Cursor cursor = getCursorRegistry()
                .getCursor(required(query, command, Number.class).longValue());
        int batch = number(query, "batchSize", 0);
        if (cursor instanceof ChangeCursor changes) {
            long millis = query.get("maxTimeMS") instanceof Number given ? given.longValue() : DEFAULT_AWAIT_MILLIS;
            return events(changes, "nextBatch", readOrClose(changes, batch, millis));
        }
        if (cursor instanceof ResultCursor results) {
            return queries.nextBatch(results, database + "." + query.get("collection"), batch);
        }
        return super.handleGetMore(database, command, query);
    }

    /** A stream that has lost its place is of no further use. */
    private List<Document> readOrClose(ChangeCursor cursor, int batch, long awaitMillis) {
        try {
            return cursor.take(batch, TimeUnit.MILLISECONDS.toNanos(awaitMillis));
        } catch (MongoServerException e) {
            close(cursor.getId());
            throw e;
        }
    }

    @Override
    protected Document handleKillCursors(Document query) {
        for (Object id : required(query, "cursors", List.class)) {
            log.leave((Long) id);
        }
        return super.handleKillCursors(query);
    }

    @Override
    public void closeCursors(List<Long> ids) {
        ids.forEach(this::close);
    }

    private void close(long id) {
        log.leave(id);
        getCursorRegistry().remove(id);
    }
}
