package io.retally.bench.assignments;

import io.retally.bench.result.Distribution;
import java.time.Duration;

/**
 * A generated company on its way into the tables.
 *
 * @param changes that were written and published
 * @param cpu of all processes meanwhile, whoever writes the changes included
 */
record CatchingUp(long changes, Duration took, Duration cpu) {
    double changesPerSecond() {
        return changes / Distribution.seconds(took);
    }

    double cpuMicrosPerChange() {
        return cpu.toNanos() / 1e3 / changes;
    }
}
