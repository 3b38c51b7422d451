package io.retally.devkit.load.destination;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.LoadException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread that writes its share of the documents, a batch for each collection. What has waited long enough is
 * written even if its batch is not full, so that a slow load is seen at once.
 */
final class MongoWriter {

    private static final int QUEUE = 4_000;
    private static final long LINGER_MILLIS = 20;
    private static final long MAX_LINGER_MILLIS = 100;

    /** What is in the queue: a change, or the wish to know when all before it is written. */
    private sealed interface Entry {}

    private record Write(ChangeOfDocument change) implements Entry {}

    private record Flush(CountDownLatch done) implements Entry {}

    private record Stop() implements Entry {}

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<Collection, MongoBatch> batches = new EnumMap<>(Collection.class);
    private final MongoDatabase database;
    private final Thread thread;
    private long writtenAt = System.nanoTime();
    private volatile @Nullable RuntimeException failure;
    private volatile long alreadyThere;

    MongoWriter(MongoDatabase database, int number) {
        this.database = database;
        this.thread = new Thread(this::write, "mongo-writer-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    void accept(ChangeOfDocument change) {
        put(new Write(change));
    }

    void flush() {
        Flush flush = new Flush(new CountDownLatch(1));
        put(flush);
        try {
            while (!flush.done().await(100, TimeUnit.MILLISECONDS)) {
                throwFailure();
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        throwFailure();
    }

    long alreadyThere() {
        return alreadyThere;
    }

    void close() {
        queue.clear();
        queue.add(new Stop());
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Entry entry) {
        try {
            do {
                throwFailure();
            } while (!queue.offer(entry, 100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private void write() {
        try {
            Entry entry = next();
            while (!(entry instanceof Stop)) {
                if (entry instanceof Write write) {
                    batch(write.change().collection()).add(write.change());
                } else {
                    writeAll();
                }
                if (entry instanceof Flush flush) {
                    flush.done().countDown();
                }
                entry = next();
            }
        } catch (MongoException failed) {
            failure = new LoadException(
                    "MongoDB did not take the documents: " + failed.getMessage()
                            + ". Look at './retally status' and './retally logs mongodb'.",
                    failed);
        } catch (RuntimeException failed) {
            failure = failed;
        } catch (InterruptedException interrupted) {
            failure = interrupted(interrupted);
        }
    }

    /** The next entry, after writing everything if none comes soon, or if something has waited long enough. */
    private Entry next() throws InterruptedException {
        if (System.nanoTime() - writtenAt > TimeUnit.MILLISECONDS.toNanos(MAX_LINGER_MILLIS)) {
            writeAll();
        }
        Entry entry = queue.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
        if (entry == null) {
            writeAll();
            entry = queue.take();
            writtenAt = System.nanoTime();
        }
        return entry;
    }

    private void writeAll() {
        batches.values().forEach(MongoBatch::write);
        writtenAt = System.nanoTime();
        alreadyThere =
                batches.values().stream().mapToLong(MongoBatch::alreadyThere).sum();
    }

    private MongoBatch batch(Collection collection) {
        return batches.computeIfAbsent(collection, name -> new MongoBatch(database, name));
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private static LoadException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new LoadException("The load was interrupted.", cause);
    }
}
