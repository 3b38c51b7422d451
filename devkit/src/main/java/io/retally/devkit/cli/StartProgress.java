package io.retally.devkit.cli;

import io.retally.devkit.stack.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A line for each part as it is ready; on a terminal, below them what is being waited for. */
final class StartProgress implements Progress, AutoCloseable {
    private final PrintWriter out;
    /** Whether someone looks on; the script tells, as a JVM cannot. */
    private final boolean live = Boolean.getBoolean("retally.terminal");

    private final Set<String> waitedFor = new LinkedHashSet<>();
    private final Instant begin = Instant.now();
    private final Thread ticker = new Thread(this::tick, "progress");

    StartProgress(PrintWriter out) {
        this.out = out;
        ticker.setDaemon(true);
        if (live) {
            ticker.start();
        }
    }

    @Override
    public synchronized void note(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    @Override
    public synchronized void began(String step) {
        waitedFor.add(step);
    }

    @Override
    public synchronized void done(String step, Duration took, String detail) {
        waitedFor.remove(step);
        clear();
        out.printf("  %-11s %8s  %s%n", step, Durations.shown(took), detail);
        out.flush();
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(200);
                show();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private synchronized void show() {
        if (!waitedFor.isEmpty()) {
            clear();
            out.printf(
                    "  ... %s (%d s)",
                    String.join(", ", waitedFor),
                    Duration.between(begin, Instant.now()).toSeconds());
            out.flush();
        }
    }

    private void clear() {
        if (live) {
            out.print("\r\033[K");
        }
    }

    @Override
    public synchronized void close() {
        ticker.interrupt();
        waitedFor.clear();
        clear();
        out.flush();
    }
}
