package io.retally.jobs.metrics;

import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** How many assignments were passed to MongoDB's sink, how many withdrawn, and how many reps wait for a checkpoint with theirs. */
public record AssignmentMetrics(Counter writtenAssignments, Counter withdrawnAssignments) {

    /** Reporters read {@code pendingReps} from their own threads: it may be somewhat old. */
    public static AssignmentMetrics in(MetricGroup group, IntSupplier pendingReps) {
        group.gauge("pendingReps", (Gauge<Integer>) pendingReps::getAsInt);
        return new AssignmentMetrics(group.counter("writtenAssignments"), group.counter("withdrawnAssignments"));
    }
}
