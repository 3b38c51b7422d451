package io.retally.devkit.container;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Topics;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A generated company on its way into the live topics, at a steady rate, until it is stopped or has ended. */
final class TestingLoad implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> ended;

    private TestingLoad(String bootstrap, long seed, Size size, double changesPerSecond) {
        ended = CompletableFuture.runAsync(
                () -> write(bootstrap, seed, size, changesPerSecond), task -> new Thread(task, "load").start());
    }

    static TestingLoad start(String bootstrap, long seed, Size size, double changesPerSecond) {
        return new TestingLoad(bootstrap, seed, size, changesPerSecond);
    }

    private void write(String bootstrap, long seed, Size size, double changesPerSecond) {
        RateLimit limit = RateLimit.perSecond(changesPerSecond);
        try (KafkaTarget target = new KafkaTarget(bootstrap, Topics.PREFIX, KafkaTarget.LIVE)) {
            Iterator<ChangeOfDocument> changes = new GeneratedCompany(seed, size, NOW).iterator();
            while (!stopping.get()) {
                if (!changes.hasNext()) {
                    throw new AssertionError("the company has ended before the test");
                }
                limit.await();
                target.accept(changes.next());
            }
            target.flush();
        }
    }

    /** Throws what has ended it. */
    void requireWell() {
        if (ended.isCompletedExceptionally()) {
            ended.join();
        }
    }

    /** Ends it; returns when all that was written is in the logs. */
    void stop() {
        stopping.set(true);
        ended.join();
    }

    @Override
    public void close() {
        stopping.set(true);
        ended.exceptionally(failure -> null).join();
    }
}
