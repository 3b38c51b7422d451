package io.retally.devkit.mongo;

import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes of all collections in the order of their writing: a ring in memory, the stand-in's oplog.
 *
 * <p>When the ring is full a writer waits for the slowest reader that still comes back, rather than to overwrite what it has not
 * read. A reader that has not come back for {@code patience} is waited for no longer, and learns of its loss by error 286, as
 * from MongoDB.
 */
final class ChangeLog implements Oplog {

    /** How often a waiting writer looks whether the reader it waits for is still there. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** More than this server can write. */
    private static final int CHANGES_A_MILLISECOND = 1_000_000;

    private static final int HISTORY_LOST = 286;

    /** A reader's place, and when it last came. */
    interface Reader {
        long id();

        /** The sequence of the first change not yet read. */
        long next();

        long cameAtNanos();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Condition consumed = lock.newCondition();
    private final Map<Long, Reader> readers = new HashMap<>();
    private final @Nullable Change[] ring;
    private final long patienceNanos;
    private long head;
    private long slowest;
    private long clusterTime;
    private long floor;

    ChangeLog(int capacity, Duration patience) {
        ring = new Change[capacity];
        patienceNanos = patience.toNanos();
        // The first second counts from its milliseconds on, so that a token of an earlier life of this server is older,
        // however
        // quickly it came back.
        long now = System.currentTimeMillis();
        clusterTime = seconds(now) + now % 1_000 * CHANGES_A_MILLISECOND;
        floor = clusterTime;
    }

    private static long seconds(long wallMillis) {
        return (wallMillis / 1_000) << Integer.SIZE;
    }

    void append(
            Operation operation,
            String database,
            @Nullable String collection,
            @Nullable Object id,
            byte @Nullable [] after,
            byte @Nullable [] before) {
        lock.lock();
        try {
            awaitRoom();
            long now = System.currentTimeMillis();
            clusterTime = Math.max(clusterTime, seconds(now)) + 1;
            int slot = slot(head);
            Change evicted = ring[slot];
            if (evicted != null) {
                floor = evicted.clusterTime();
            }
            ring[slot] = new Change(head, clusterTime, now, operation, database, collection, id, after, before);
            head++;
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() {
        boolean interrupted = false;
        while (head - slowest >= ring.length && head - findSlowest() >= ring.length) {
            try {
                consumed.awaitNanos(LOOK_NANOS);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long findSlowest() {
        long now = System.nanoTime();
        slowest = readers.values().stream()
                .filter(reader -> now - reader.cameAtNanos() < patienceNanos)
                .mapToLong(Reader::next)
                .min()
                .orElse(head);
        return slowest;
    }

    long clusterTime() {
        lock.lock();
        try {
            return clusterTime;
        } finally {
            lock.unlock();
        }
    }

    BsonTimestamp operationTime() {
        return new BsonTimestamp(clusterTime());
    }

    /** From now on writers wait for this reader. */
    void enter(Reader reader) {
        lock.lock();
        try {
            readers.put(reader.id(), reader);
            slowest = Math.min(slowest, reader.next());
        } finally {
            lock.unlock();
        }
    }

    /** No writer waits for it any longer. */
    void leave(long reader) {
        lock.lock();
        try {
            readers.remove(reader);
            consumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The sequence of the first change after a cluster time.
     *
     * @throws MongoServerError 286 if changes after it are no longer, or never were, in the ring
     */
    long sequenceAfter(long time) {
        lock.lock();
        try {
            if (time < floor) {
                throw historyLost("the resume point is older than the log");
            }
            long low = Math.max(0, head - ring.length);
            long high = head;
            while (low < high) {
                long middle = (low + high) >>> 1;
                if (at(middle).clusterTime() <= time) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Up to {@code most} changes from a sequence on; waits for the first one, at most until the deadline.
     *
     * @throws MongoServerError 286 if the reader has been overrun
     */
    List<Change> read(long from, int most, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (from >= head) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return List.of();
                }
                appended.awaitNanos(left);
            }
            if (from < head - ring.length) {
                throw historyLost("the reader stayed away while " + ring.length + " changes and more were written");
            }
            int size = (int) Math.min(most, head - from);
            List<Change> changes = new ArrayList<>(size);
            for (long sequence = from; changes.size() < size; sequence++) {
                changes.add(at(sequence));
            }
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** A reader's {@link Reader#next} has moved. */
    void advanced() {
        lock.lock();
        try {
            consumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Change at(long sequence) {
        Change change = ring[slot(sequence)];
        if (change == null || change.sequence() != sequence) {
            throw new IllegalStateException("the log has no change " + sequence + ", its head is " + head);
        }
        return change;
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }

    private static MongoServerError historyLost(String why) {
        return new MongoServerError(
                HISTORY_LOST,
                "ChangeStreamHistoryLost",
                "Resume of change stream was not possible: " + why
                        + ". Read the collections again, or enlarge the log.");
    }

    @Override
    public void handleDropCollection(String namespace) {
        int dot = namespace.indexOf('.');
        String collection = namespace.substring(dot + 1);
        if (!collection.startsWith("system.")) {
            append(Operation.DROP, namespace.substring(0, dot), collection, null, null, null);
        }
    }

    // Of documents the collections tell the log themselves: these callbacks miss findAndModify and have no images.

    @Override
    public void handleInsert(String namespace, List<Document> documents) {}

    @Override
    public void handleUpdate(String namespace, Document selector, Document query, List<Object> modifiedIds) {}

    @Override
    public void handleDelete(String namespace, Document query, List<Object> deletedIds) {}

    @Override
    public Cursor createCursor(Document changeStream, String namespace, Aggregation aggregation) {
        throw new UnsupportedOperationException("change streams are opened by the backend, not by a collection");
    }
}
