package io.retally.devkit.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A reader that takes one snapshot after the other and never gives up: while PostgreSQL is away it asks again. The figures
 * may be read by another thread.
 */
public final class Watch {
    /** Gives a new connection, or throws while there is none to be had. */
    public interface Source {
        Connection connect() throws SQLException;
    }

    private static final Duration LEAST_PAUSE = Duration.ofMillis(50);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** A server that is gone without a word; no query takes so long. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Executor SAME_THREAD = Runnable::run;

    private final Source source;
    private final Listener listener;
    private long snapshots;
    private long epochs;
    private long epoch = -1;
    private long interruptions;
    private boolean interrupted;
    private Duration took = Duration.ZERO;
    private final Map<String, Long> violations = new LinkedHashMap<>();
    private volatile boolean stopped;

    /** What is said while it goes on. */
    public interface Listener {
        /** A claim is broken for the first time. */
        void violation(long epoch, Violation violation);

        /** A snapshot was taken, or an attempt has failed. */
        void round(Figures figures);

        /** PostgreSQL cannot be asked; said once, until it can be again. */
        void interruption(String reason);
    }

    /**
     * What was seen so far.
     *
     * @param epochs different ones
     * @param violations snapshots that broke a claim, by claim
     * @param took the latest snapshot
     */
    public record Figures(
            long snapshots,
            long epochs,
            long epoch,
            long interruptions,
            boolean interrupted,
            Map<String, Long> violations,
            Duration took) {
        public Figures {
            violations = Collections.unmodifiableMap(new LinkedHashMap<>(violations));
        }

        public long violationCount() {
            return violations.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public Watch(Source source, Listener listener) {
        this.source = source;
        this.listener = listener;
    }

    /** Goes on until the end or until it is stopped. */
    public Figures run(@Nullable Instant end) throws InterruptedException {
        while (!isOver(end)) {
            try (Connection connection = source.connect()) {
                connection.setNetworkTimeout(SAME_THREAD, (int) SILENCE.toMillis());
                Snapshot.prepare(connection);
                long last = -1;
                while (!isOver(end)) {
                    Snapshot snapshot = Snapshot.take(connection);
                    last = count(snapshot, last);
                    listener.round(figures());
                    pause(snapshot.took(), end);
                }
            } catch (SQLException e) {
                interrupted(e);
                listener.round(figures());
                pause(RETRY, end);
            }
        }
        return figures();
    }

    public void stop() {
        stopped = true;
    }

    private boolean isOver(@Nullable Instant end) {
        return stopped || (end != null && !Instant.now().isBefore(end));
    }

    /** As long as the snapshot took: at most half a core of the server is this reader's. */
    private void pause(Duration wanted, @Nullable Instant end) throws InterruptedException {
        Duration pause = wanted.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : wanted;
        pause = pause.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : pause;
        if (end != null) {
            Duration left = Duration.between(Instant.now(), end);
            pause = left.compareTo(pause) < 0 ? left : pause;
        }
        Thread.sleep(Math.max(0, pause.toMillis()));
    }

    private synchronized long count(Snapshot snapshot, long last) {
        interrupted = false;
        took = snapshot.took();
        OptionalLong seen = snapshot.epoch();
        if (seen.isEmpty()) {
            return last;
        }
        snapshots++;
        long now = seen.getAsLong();
        if (now != epoch) {
            epochs++;
            epoch = now;
        }
        for (Violation violation : snapshot.violations()) {
            broken(violation);
        }
        if (now < last) {
            broken(new Violation("the epoch rises", 1, "epoch " + now + " was published after " + last));
        }
        return now;
    }

    private void broken(Violation violation) {
        if (violations.merge(violation.claim(), 1L, Long::sum) == 1) {
            listener.violation(epoch, violation);
        }
    }

    private synchronized void interrupted(SQLException reason) {
        if (!interrupted) {
            interrupted = true;
            interruptions++;
            listener.interruption(String.valueOf(reason.getMessage()));
        }
    }

    public synchronized Figures figures() {
        return new Figures(snapshots, epochs, epoch, interruptions, interrupted, violations, took);
    }
}
