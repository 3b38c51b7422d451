package io.retally.devkit.chaos;

import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.connect.ConnectorState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where the connector was in its source, for it to go back there. */
final class ConnectorHistory implements AutoCloseable {
    private static final Duration EACH = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ConnectRest connect;
    private final String connector;
    private final Deque<Sample> samples = new ArrayDeque<>();
    /** Held while the connector is stopped on purpose. */
    private final ReentrantLock moving = new ReentrantLock();

    private final Thread thread = new Thread(this::sample, "connector-history");

    private record Sample(Instant at, String offsets) {}

    ConnectorHistory(ConnectRest connect, String connector) {
        this.connect = connect;
        this.connector = connector;
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        try {
            while (true) {
                keep(offsets());
                resumeStopped();
                Thread.sleep(EACH.toMillis());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private @Nullable String offsets() throws InterruptedException {
        try {
            return connect.offsets(connector);
        } catch (IOException e) {
            return null; // killed, paused or not up yet
        }
    }

    /**
     * A worker that hangs puts a stop off, and a resumption not: one that was asked for after a stop may come before it. Then the
     * connector is stopped for good, with nobody going back.
     */
    private void resumeStopped() throws InterruptedException {
        if (!moving.tryLock()) {
            return;
        }
        try {
            if (connect.state(connector).filter(ConnectorState::isStopped).isPresent()) {
                connect.resume(connector);
            }
        } catch (IOException e) {
            // As above; the next time, then.
        } finally {
            moving.unlock();
        }
    }

    private synchronized void keep(@Nullable String offsets) {
        Instant now = Instant.now();
        // Empty until the connector has committed where it is.
        if (offsets != null && offsets.contains("resume_token")) {
            samples.addLast(new Sample(now, offsets));
        }
        while (!samples.isEmpty() && samples.getFirst().at().isBefore(now.minus(KEPT))) {
            samples.removeFirst();
        }
    }

    private synchronized Optional<String> before(Instant time) {
        return samples.stream()
                .filter(sample -> sample.at().isBefore(time))
                .reduce((earlier, later) -> later)
                .map(Sample::offsets);
    }

    /**
     * Waits until the connector has written down where it is. Killed before, it copies all collections anew, and so on with each
     * kill: what is broken then is its first start only.
     */
    void awaitFirst() throws IOException, InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (before(Instant.now()).isEmpty()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IOException("the connector has not committed where it is in its source");
            }
            Thread.sleep(200);
        }
    }

    /**
     * Lets the connector go on from where it was so long ago. False if that is not known. Interrupted, it may leave the connector
     * stopped: {@link #run} ends that.
     */
    boolean goBack(Duration time) throws IOException, InterruptedException {
        Optional<String> offsets = before(Instant.now().minus(time));
        if (offsets.isEmpty()) {
            return false;
        }
        moving.lockInterruptibly();
        try {
            connect.stop(connector);
            retried(() -> connect.resumeFrom(connector, offsets.get())); // refused until its tasks have ended
            return true;
        } finally {
            try {
                run();
            } finally {
                moving.unlock();
            }
        }
    }

    /** Sees to it that the connector runs: one that was stopped stays so, even when its worker is started again. */
    void run() throws IOException, InterruptedException {
        retried(() -> connect.resume(connector));
    }

    private interface Request {
        void send() throws IOException, InterruptedException;
    }

    private static void retried(Request request) throws IOException, InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                request.send();
                return;
            } catch (IOException e) {
                if (Instant.now().isAfter(giveUp)) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
