package io.retally.jobs.report;

/**
 * What is wrong with a file, where, and what to do.
 *
 * @param line from 1
 * @param column from 1
 */
record Problem(String file, int line, int column, String message, String nextStep) {

    /** {@code FILE:LINE:COLUMN: MESSAGE. Next: STEP.}, as editors and terminals know to jump to. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s. Next: %s.".formatted(file, line, column, message, nextStep);
    }
}
