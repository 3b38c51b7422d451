package io.retally.devkit.demo;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Writes generated companies into MongoDB, one after the other, until it is closed. */
public final class CompanyFeed implements AutoCloseable {
    /** Documents wait no longer than this for others to be written with. */
    private static final long FLUSH_NANOS = 100_000_000;
    /** The company gets no further ahead of what is published: on a slow machine it works more slowly. */
    private static final Duration AHEAD = Duration.ofSeconds(3);
    /** No longer than this at a time, whatever is or is not published. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String mongodbUri;
    private final Size size;
    private final double interactionsPerSecond;
    private final Thread thread = new Thread(this::feed, "company");
    private volatile boolean closed;
    private volatile Instant written = Instant.now();
    private volatile Instant published = written;
    private volatile @Nullable RuntimeException failure;

    public CompanyFeed(String mongodbUri, Size size, double interactionsPerSecond) {
        this.mongodbUri = mongodbUri;
        this.size = size;
        this.interactionsPerSecond = interactionsPerSecond;
        thread.setDaemon(true);
        thread.start();
    }

    private void feed() {
        RateLimit limit = RateLimit.perSecond(interactionsPerSecond);
        Instant today =
                LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
        try (MongoTarget target = new MongoTarget(mongodbUri)) {
            for (long seed = 1; !closed; seed++) {
                feed(new GeneratedCompany(seed, size, today), target, limit);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void feed(GeneratedCompany company, MongoTarget target, RateLimit limit) {
        long flushed = System.nanoTime();
        for (ChangeOfDocument change : company) {
            if (closed) {
                return;
            }
            if (change.collection() == Collection.INTERACTIONS) {
                awaitPublication();
                limit.await();
            }
            target.accept(change);
            if (System.nanoTime() - flushed > FLUSH_NANOS) {
                target.flush();
                written = Instant.now();
                flushed = System.nanoTime();
            }
        }
        target.flush();
    }

    /** Tells when the newest change was made that is published. */
    public void published(Instant newestChange) {
        published = newestChange;
    }

    private void awaitPublication() {
        Instant longest = Instant.now().plus(LONGEST_PAUSE);
        while (!closed
                && Duration.between(published, written).compareTo(AHEAD) > 0
                && Instant.now().isBefore(longest)) {
            LockSupport.parkNanos(FLUSH_NANOS);
        }
    }

    /** Why nothing more is written; empty while all is well. */
    public Optional<RuntimeException> failure() {
        return closed ? Optional.empty() : Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closed = true;
    }
}
