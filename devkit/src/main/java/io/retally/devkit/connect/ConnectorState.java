package io.retally.devkit.connect;

/**
 * How a connector and its one task are.
 *
 * @param connector Connect's word: {@code RUNNING}, {@code FAILED}, {@code UNASSIGNED} and others; empty if unknown
 * @param task the same of the task
 * @param trace why it failed; empty if it has not
 */
public record ConnectorState(String connector, String task, String trace) {

    private static final String RUNNING = "RUNNING";
    private static final String FAILED = "FAILED";
    private static final String PAUSED = "PAUSED";
    private static final String STOPPED = "STOPPED";
    private static final String CAUSED_BY = "Caused by: ";

    public boolean isRunning() {
        return connector.equals(RUNNING) && task.equals(RUNNING);
    }

    /** Whether both have come to their pause; what the task sent before may still be on its way. */
    public boolean isPaused() {
        return connector.equals(PAUSED) && task.equals(PAUSED);
    }

    /** Whether somebody has stopped it, which ends its tasks; a restart of the worker does not start them again. */
    public boolean isStopped() {
        return connector.equals(STOPPED);
    }

    public boolean hasFailed() {
        return connector.equals(FAILED) || task.equals(FAILED);
    }

    /** Why it failed, in a line: the innermost exception. */
    public String cause() {
        return trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((outer, inner) -> inner)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElseGet(() -> trace.lines().findFirst().orElse("it does not say why"));
    }
}
