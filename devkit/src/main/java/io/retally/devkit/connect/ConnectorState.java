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

    public boolean isRunning() {
        return connector.equals(RUNNING) && task.equals(RUNNING);
    }

    public boolean hasFailed() {
        return connector.equals(FAILED) || task.equals(FAILED);
    }
}
