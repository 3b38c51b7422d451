package io.retally.jobs.postgres;

/** When a job that begins from empty state replaces tables that another run of the job has published. */
public enum TakeOver {
    /** With its first epoch, however little of the logs that stands for: readers see the tables grow from the beginning. */
    AT_ONCE,
    /**
     * When it has read as far in every partition as the tables stand for: until then they stay as they are, and readers see them
     * go on from there. What it stages meanwhile waits in PostgreSQL. Not for logs that were begun anew, whose positions
     * the job never reaches.
     */
    CAUGHT_UP
}
