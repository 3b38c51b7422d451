package io.retally.jobs.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the changes said of the documents remembered. */
public record DocumentMetrics(Counter repeatedChanges, Counter retractions) {

    public static DocumentMetrics in(MetricGroup group) {
        return new DocumentMetrics(group.counter("repeatedChanges"), group.counter("retractions"));
    }
}
