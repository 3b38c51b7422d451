package io.retally.jobs.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** How old the tables are, and what making them newer takes. One sample a publication, none a change. */
public final class PublicationMetrics {

    /** Of publications: some eight minutes at two a second. */
    private static final int WINDOW = 1000;

    private final LongSupplier clock;
    private final Counter publications;
    private final Histogram publishTime;
    private final Histogram freshness;
    private volatile long lastMillis;
    private long newestPublished = Long.MIN_VALUE;

    /** The clock gives milliseconds since 1970 UTC; reporters read it from their own threads. */
    public PublicationMetrics(MetricGroup group, LongSupplier clock) {
        this.clock = clock;
        lastMillis = clock.getAsLong();
        publications = group.counter("publications");
        publishTime = group.histogram("publishTimeMillis", new DescriptiveStatisticsHistogram(WINDOW));
        freshness = group.histogram("freshnessMillis", new DescriptiveStatisticsHistogram(WINDOW));
        group.gauge("epochAgeMillis", (Gauge<Long>) this::epochAge);
    }

    private long epochAge() {
        return clock.getAsLong() - lastMillis;
    }

    /**
     * Says that a publication has been committed.
     *
     * @param nanos how long it took
     * @param newestChange the newest {@code source.ts_ms} in it, in milliseconds since 1970 UTC; {@link Long#MIN_VALUE} if
     *     there is none. Freshness is sampled only if it is newer than before: a quiet source does not make tables stale.
     */
    public void published(long nanos, long newestChange) {
        long now = clock.getAsLong();
        lastMillis = now;
        publications.inc();
        publishTime.update(TimeUnit.NANOSECONDS.toMillis(nanos));
        if (newestChange > newestPublished) {
            newestPublished = newestChange;
            freshness.update(now - newestChange);
        }
    }
}
