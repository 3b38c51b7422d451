package io.retally.devkit.chaos;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.load.destination.Target;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes steps at a steady rate from a thread of its own, while others hold collections back and let them go again. */
final class ChaosLoad implements AutoCloseable {
    /** In a storm the broker may be gone many times in a row. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Target mongo;
    private final Target backfill;
    private final Iterator<Step> steps;
    private final RateLimit limit;
    private final Set<Collection> held = ConcurrentHashMap.newKeySet();
    private final Map<Collection, Deque<ChangeOfDocument>> waiting = new EnumMap<>(Collection.class);
    private final Thread thread = new Thread(this::write, "chaos-load");
    private volatile boolean stopping;
    private final AtomicLong taken = new AtomicLong();
    private volatile @Nullable RuntimeException failure;

    /** @param clock of the messages from the archive */
    ChaosLoad(Endpoints endpoints, Iterator<Step> steps, RateLimit limit, Clock clock) {
        this.mongo = new MongoTarget(Objects.requireNonNull(endpoints.mongodbUri()));
        this.backfill = new KafkaTarget(
                new RawMessages(endpoints.kafkaBootstrap(), PATIENCE), Topics.PREFIX, KafkaTarget.BACKFILL, clock);
        this.steps = steps;
        this.limit = limit;
        for (Collection collection : Collection.values()) {
            waiting.put(collection, new ArrayDeque<>());
        }
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Changes of this collection wait from now on: those of all others overtake them. False if they do already. */
    boolean hold(Collection collection) {
        return held.add(collection);
    }

    void letGo(Collection collection) {
        held.remove(collection);
    }

    /** How many steps were taken off the row. */
    long taken() {
        return taken.get();
    }

    /** Ends the load, writes what was held back, and returns how many steps were taken. */
    long stop() throws InterruptedException {
        stopping = true;
        thread.join();
        throwFailure();
        return taken.get();
    }

    /** Writes the first steps of a row, in this thread, as fast as it goes. */
    void writeFirst(long count) {
        for (long i = 0; i < count; i++) {
            write(steps.next());
        }
        flush();
    }

    void throwFailure() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void write() {
        try {
            while (!stopping) {
                limit.await();
                letGoOf(false);
                taken.incrementAndGet();
                write(steps.next());
            }
            letGoOf(true);
            flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void write(Step step) {
        Deque<ChangeOfDocument> earlier = waiting(step.change().collection());
        if (step.archived()) {
            backfill.accept(step.change());
        } else if (held.contains(step.change().collection()) || !earlier.isEmpty()) {
            earlier.add(step.change());
        } else {
            mongo.accept(step.change());
        }
    }

    private void letGoOf(boolean all) {
        waiting.forEach((collection, changes) -> {
            while (!changes.isEmpty() && (all || !held.contains(collection))) {
                mongo.accept(changes.remove());
            }
        });
    }

    private void flush() {
        mongo.flush();
        backfill.flush();
    }

    private Deque<ChangeOfDocument> waiting(Collection collection) {
        return Objects.requireNonNull(waiting.get(collection));
    }

    @Override
    public void close() {
        stopping = true;
        mongo.close();
        backfill.close();
    }
}
