package io.retally.bench.ingest;

/** Something that reads the whole logs. */
interface Contender {
    /** Its name in the JSON. */
    String name();

    /** What it does, for people. */
    String description();

    /** Reads the logs once; throws if it did not read all of them, or answers otherwise than it must. */
    Run run() throws Exception;
}
