package io.retally.bench.ingest;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.StackDir;
import java.nio.file.Path;

/**
 * Where contenders run.
 *
 * @param jar of the measured Flink jobs
 * @param logs what the topics hold
 */
record Arena(StackDir dir, Endpoints endpoints, JobRuns jobs, Path jar, Logs logs) {
    /**
     * The content of the change topics.
     *
     * @param changes of documents
     * @param messages changes, and the tombstones after deletions
     */
    record Logs(long changes, long messages) {}
}
