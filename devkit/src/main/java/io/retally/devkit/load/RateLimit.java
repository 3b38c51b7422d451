package io.retally.devkit.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets N things a second pass, evenly, at more than a thousand a second some at once each millisecond; a pause that was
 * longer than a tenth of a second is not made up for.
 */
public final class RateLimit {

    private static final long MAX_LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A shorter pause would cost about as much as it waits. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final double nanosEach;
    private double nextNanos = System.nanoTime();

    private RateLimit(double nanosEach) {
        this.nanosEach = nanosEach;
    }

    public static RateLimit none() {
        return new RateLimit(0);
    }

    public static RateLimit perSecond(double rate) {
        if (!(rate > 0)) {
            throw new WrongUsageException("--rate must be more than 0, not " + rate + ". Leave it out for no limit.");
        }
        return new RateLimit(TimeUnit.SECONDS.toNanos(1) / rate);
    }

    /** Waits until the next may pass. */
    public void await() {
        if (nanosEach == 0) {
            return;
        }
        long now = System.nanoTime();
        nextNanos = Math.max(nextNanos + nanosEach, now - (double) MAX_LAG_NANOS);
        if (nextNanos < now + SHORTEST_PAUSE_NANOS) {
            return;
        }
        while (nextNanos > now && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos((long) (nextNanos - now));
            now = System.nanoTime();
        }
    }
}
