package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;

/** An open change stream. It has one client, which asks for one batch after the other. */
final class ChangeCursor extends AbstractCursor implements ChangeLog.Reader {

    private static final int DEFAULT_BATCH_EVENTS = 1_000;

    private final ChangeLog log;
    private final ChangeStream stream;
    private final ChangeEvents events;
    private final Aggregation pipeline;
    private volatile long next;
    private volatile long cameAtNanos = System.nanoTime();
    private volatile boolean ended;
    private ResumeToken token;

    ChangeCursor(long id, ChangeLog log, ChangeStream stream, Aggregation pipeline, ChangeEvents.Lookup lookup) {
        super(id);
        this.log = log;
        this.stream = stream;
        this.events = new ChangeEvents(stream, lookup);
        this.pipeline = pipeline;
        token = start(log, stream);
        next = log.sequenceAfter(token.clusterTime());
    }

    private static ResumeToken start(ChangeLog log, ChangeStream stream) {
        if (stream.resumeAfter() != null) {
            return new ResumeToken(stream.resumeAfter().clusterTime(), false);
        }
        return new ResumeToken(stream.startAt() != null ? stream.startAt() - 1 : log.clusterTime(), false);
    }

    @Override
    public long id() {
        return id;
    }

    ChangeStream stream() {
        return stream;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public long cameAtNanos() {
        return cameAtNanos;
    }

    @Override
    public boolean isEmpty() {
        return ended;
    }

    /** Where to resume: after all that has been handed out, and all that did not concern the stream. */
    ResumeToken resumeToken() {
        return token;
    }

    @Override
    public List<Document> takeDocuments(int most) {
        return take(most, 0);
    }

    /** The next events; waits for the first one, at most {@code awaitNanos}. */
    List<Document> take(int most, long awaitNanos) {
        int limit = most > 0 ? most : DEFAULT_BATCH_EVENTS;
        long deadline = System.nanoTime() + awaitNanos;
        List<Document> taken = new ArrayList<>();
        try {
            while (taken.size() < limit && !ended) {
                cameAtNanos = System.nanoTime();
                List<Change> changes = log.read(next, limit - taken.size(), taken.isEmpty() ? deadline : 0);
                if (changes.isEmpty()) {
                    break;
                }
                taken.addAll(pipeline.runStages(toEvents(changes).stream()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cameAtNanos = System.nanoTime();
            log.advanced();
        }
        return taken;
    }

    private List<Document> toEvents(List<Change> changes) {
        List<Document> found = new ArrayList<>(changes.size());
        for (Change change : changes) {
            next = change.sequence() + 1;
            token = new ResumeToken(change.clusterTime(), false);
            if (!stream.covers(change)) {
                continue;
            }
            found.add(events.event(change));
            if (stream.endsWith(change)) {
                found.add(events.invalidation(change));
                token = new ResumeToken(change.clusterTime(), true);
                ended = true;
                break;
            }
        }
        return found;
    }
}
