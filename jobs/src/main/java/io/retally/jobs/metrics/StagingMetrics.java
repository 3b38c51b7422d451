package io.retally.jobs.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** How many rows, and deletions of rows, were copied to PostgreSQL. */
public record StagingMetrics(Counter stagedRows) {

    public static StagingMetrics in(MetricGroup group) {
        return new StagingMetrics(group.counter("stagedRows"));
    }
}
