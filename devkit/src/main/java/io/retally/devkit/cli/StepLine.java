package io.retally.devkit.cli;

import java.io.PrintWriter;

/** On a terminal, one line that says what is being done; elsewhere nothing. */
final class StepLine implements AutoCloseable {
    private final PrintWriter out;
    private final boolean live = Boolean.getBoolean("retally.terminal");

    StepLine(PrintWriter out) {
        this.out = out;
    }

    /** A step begins, the one after so many of all. */
    synchronized void beginning(String step, int done, int total) {
        show(total > 1 ? "%s (%d of %d)".formatted(step, done, total) : step);
    }

    boolean isLive() {
        return live;
    }

    synchronized void show(String line) {
        if (live) {
            out.print("\r\033[K  " + line);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (live) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
