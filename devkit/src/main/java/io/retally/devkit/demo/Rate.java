package io.retally.devkit.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count rises: over the last seconds, as it rises by steps, one an epoch. */
public final class Rate {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private record Reading(Instant at, long count) {}

    private final Deque<Reading> readings = new ArrayDeque<>();

    /** A second's rise, with this reading as the latest. */
    public double after(Instant at, long count) {
        readings.addLast(new Reading(at, count));
        while (readings.size() > 2
                && Duration.between(readings.getFirst().at(), at).compareTo(WINDOW) > 0) {
            readings.removeFirst();
        }
        Reading oldest = readings.getFirst();
        long millis = Duration.between(oldest.at(), at).toMillis();
        return millis == 0 ? 0 : (count - oldest.count()) * 1000.0 / millis;
    }
}
