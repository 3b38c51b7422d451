package io.retally.jobs.metrics;

import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** How many reps were settled, and how much waits for the barrier. No state is read for it. */
public record LedgerMetrics(Counter settledReps) {

    /** Reporters read {@code waitingReps} from their own threads: it may be somewhat old. */
    public static LedgerMetrics in(MetricGroup group, IntSupplier waitingReps) {
        group.gauge("waitingReps", (Gauge<Integer>) waitingReps::getAsInt);
        return new LedgerMetrics(group.counter("settledReps"));
    }
}
