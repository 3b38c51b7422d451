package io.retally.jobs.audit;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;

/** Says on standard output, once a second, how far the job has read: a line that begins with {@code audit:}. */
final class HowFar {
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "how-far");
        thread.setDaemon(true);
        return thread;
    });
    private final JobClient job;
    private final long messages;

    HowFar(JobClient job, long messages) {
        this.job = job;
        this.messages = messages;
        var unused = ticker.scheduleWithFixedDelay(this::say, 1, 1, TimeUnit.SECONDS);
    }

    private void say() {
        try {
            Map<String, Object> counts = job.getAccumulators().get();
            System.out.printf(
                    "audit: read %,d of %,d messages, %,d documents%n",
                    count(counts, ReadMessages.COUNT), messages, count(counts, ReadStored.COUNT));
        } catch (ExecutionException e) {
            // Not started yet, or over: whoever waits for the result learns why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long count(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Long count ? count : 0;
    }

    void close() {
        ticker.shutdownNow();
    }
}
