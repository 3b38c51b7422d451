package io.retally.jobs.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class PublicationMetricsTest {

    private static final class TestingGroup extends UnregisteredMetricsGroup {
        private final Map<String, Gauge<?>> gauges = new HashMap<>();
        private final Map<String, Histogram> histograms = new HashMap<>();

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            histograms.put(name, histogram);
            return histogram;
        }
    }

    @Test
    void ageGrowsUntilAPublicationAndFreshnessIsSampledForNewerChangesOnly() {
        AtomicLong clock = new AtomicLong(1_000);
        TestingGroup group = new TestingGroup();
        PublicationMetrics metrics = new PublicationMetrics(group, clock::get);
        Gauge<?> age = requireNonNull(group.gauges.get("epochAgeMillis"));
        Histogram freshness = requireNonNull(group.histograms.get("freshnessMillis"));
        Histogram publishTime = requireNonNull(group.histograms.get("publishTimeMillis"));
        clock.set(1_500);
        assertThat(age.getValue()).isEqualTo(500L);

        metrics.published(30_000_000, Long.MIN_VALUE);
        assertThat(age.getValue()).isEqualTo(0L);
        assertThat(freshness.getCount()).isZero();

        clock.set(2_000);
        metrics.published(30_000_000, 1_200);
        clock.set(9_000);
        metrics.published(30_000_000, 1_200);
        assertThat(freshness.getStatistics().getValues()).containsExactly(800);
        assertThat(publishTime.getStatistics().getValues()).containsExactly(30, 30, 30);
    }
}
