package io.retally.bench.ingest;

import io.retally.devkit.stack.Part;
import java.time.Duration;
import java.util.Map;

/**
 * One measured run over the whole logs.
 *
 * @param wall from when the job ran until it was done
 * @param cpu user and system time of each part's processes
 * @param stages CPU time within the task manager; empty where it was not taken apart
 * @param peer user and system time of a peer's own process; zero where the stack's parts do all
 */
record Run(Duration wall, Map<Part, Duration> cpu, Map<String, Duration> stages, Duration peer) {
    Run(Duration wall, Map<Part, Duration> cpu, Map<String, Duration> stages) {
        this(wall, cpu, stages, Duration.ZERO);
    }
}
