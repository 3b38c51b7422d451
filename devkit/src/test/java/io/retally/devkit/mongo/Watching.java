package io.retally.devkit.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.OperationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;

/** A change stream as a test reads it: so many events, or a failure that says what has come. */
final class Watching implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor;

    Watching(ChangeStreamIterable<Document> stream) {
        cursor = stream.maxAwaitTime(200, TimeUnit.MILLISECONDS).cursor();
    }

    List<ChangeStreamDocument<Document>> next(int wanted) {
        List<ChangeStreamDocument<Document>> events = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (events.size() < wanted) {
            var event = cursor.tryNext();
            if (event != null) {
                events.add(event);
            } else if (System.nanoTime() > deadline) {
                throw new AssertionError("wanted " + wanted + " events, came " + events);
            }
        }
        return events;
    }

    ChangeStreamDocument<Document> next() {
        return next(1).get(0);
    }

    List<OperationType> nextOperations(int wanted) {
        return next(wanted).stream().map(ChangeStreamDocument::getOperationType).toList();
    }

    boolean isQuiet() {
        return cursor.tryNext() == null;
    }

    boolean hasEnded() {
        return cursor.getServerCursor() == null;
    }

    BsonDocument resumeToken() {
        return cursor.getResumeToken();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
