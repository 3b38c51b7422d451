package io.retally.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * Durations of one kind. A quantile is the smallest of them that so large a share does not exceed (nearest rank): always one
 * that was measured, and of fewer than a hundred the 99th percentile is the longest.
 *
 * @param durations at least one
 */
public record Distribution(List<Duration> durations) {
    public Distribution {
        if (durations.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        durations = durations.stream().sorted().toList();
    }

    public int count() {
        return durations.size();
    }

    /**
     * The smallest that a share of the durations does not exceed.
     *
     * @param share above 0, at most 1
     */
    public Duration quantile(double share) {
        int rank = (int) Math.ceil(share * durations.size());
        return durations.get(Math.max(1, rank) - 1);
    }

    public Duration p50() {
        return quantile(0.5);
    }

    public Duration p99() {
        return quantile(0.99);
    }

    public Duration max() {
        return quantile(1);
    }

    /** In milliseconds. */
    public static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** In seconds. */
    public static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Adds count, p50_ms, p99_ms and max_ms. */
    public void addTo(ObjectNode node) {
        node.put("count", count());
        node.put("p50_ms", Numbers.rounded(millis(p50()), 1));
        node.put("p99_ms", Numbers.rounded(millis(p99()), 1));
        node.put("max_ms", Numbers.rounded(millis(max()), 1));
    }
}
