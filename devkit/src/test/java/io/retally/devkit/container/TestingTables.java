package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Publishing;
import io.retally.devkit.verify.Verification;
import io.retally.oracle.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What a job publishes, watched from its first epoch on. */
final class TestingTables implements AutoCloseable {
    private static final List<String> TOPICS =
            Stream.concat(Topics.live().stream(), Topics.backfill().stream()).toList();

    private final TestingBroker broker;
    private final TestingDatabase database;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);
    private final AtomicLong messages = new AtomicLong();
    private final CompletableFuture<Void> watching;

    TestingTables(TestingBroker broker, TestingDatabase database) {
        this.broker = broker;
        this.database = database;
        watching = CompletableFuture.runAsync(this::watch, task -> new Thread(task, "watch").start());
    }

    /** Each epoch overwrites when it was published, so it is looked at more often than there are any. */
    private void watch() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Instant last = null;
            while (!stopping.get()) {
                try (ResultSet row = statement.executeQuery("select published_at, "
                        + "(select coalesce(sum(next_offset), 0) from staging.source_position) from serving.epoch")) {
                    if (row.next()) {
                        Instant published = row.getTimestamp(1).toInstant();
                        if (last != null) {
                            Duration between = Duration.between(last, published);
                            longest.accumulateAndGet(between, (a, b) -> a.compareTo(b) > 0 ? a : b);
                        }
                        last = published;
                        messages.set(row.getLong(2));
                    }
                }
                Thread.sleep(20);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many messages the published tables stand for. */
    long publishedMessages() {
        if (watching.isCompletedExceptionally()) {
            watching.join();
        }
        return messages.get();
    }

    /** How many messages of the logs they do not stand for yet. */
    long behindMessages() throws Lag.Unknown {
        long ends = Lag.ends(broker.bootstrap(), TOPICS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return ends - publishedMessages();
    }

    /** The longest time between two epochs since this was asked last. */
    Duration longestStandstill() {
        return longest.getAndSet(Duration.ZERO);
    }

    /** Waits until all that is in the logs is published; then every table must be what the contract makes of it. */
    void assertTrueOnceAllIsPublished() throws Exception {
        Publishing.await(database.superuser(), Lag.ends(broker.bootstrap(), TOPICS), Progress.SILENT);
        Endpoints endpoints = new Endpoints(
                null, null, broker.bootstrap(), database.superuser(), database.superuser(), "http://unused");
        Verification.Result result = new Verification(endpoints, Progress.SILENT).fromLogs();
        assertThat(result.messages()).as("messages in the logs").isPositive();
        assertThat(result.isEqual())
                .as(() -> result.comparison()
                        + result.deadLetters().map(Object::toString).orElse(""))
                .isTrue();
    }

    @Override
    public void close() {
        stopping.set(true);
        watching.exceptionally(failure -> null).join();
    }
}
