package io.retally.devkit.verify;

import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackException;
import io.retally.oracle.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far the published epoch has come in the logs. */
public final class Publishing {
    /** An epoch comes every half second; after so long without any, none will. */
    private static final Duration STALLED = Duration.ofMinutes(5);

    private Publishing() {}

    /** Returns when a published epoch holds all messages before these places. */
    public static void await(PostgresUrl postgres, Map<TopicPartition, Long> ends, Progress progress)
            throws SQLException, InterruptedException {
        long least = Long.MAX_VALUE;
        Instant lastProgress = Instant.now();
        try (Connection connection = postgres.connect()) {
            while (true) {
                long missing = missing(connection, ends);
                if (missing == 0) {
                    return;
                }
                if (missing < least) {
                    least = missing;
                    lastProgress = Instant.now();
                } else if (Duration.between(lastProgress, Instant.now()).compareTo(STALLED) > 0) {
                    throw new StackException(
                            missing + " messages are not published, and nothing happens", "see `./retally status`");
                }
                progress.beginning("waiting until " + missing + " messages are published", 0, 1);
                Thread.sleep(200);
            }
        }
    }

    private static long missing(Connection connection, Map<TopicPartition, Long> ends) throws SQLException {
        Map<TopicPartition, Long> rest = new HashMap<>(ends);
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select topic, partition, next_offset from staging.source_position")) {
            while (rows.next()) {
                long reached = rows.getLong(3);
                rest.computeIfPresent(
                        new TopicPartition(rows.getString(1), rows.getInt(2)),
                        (log, end) -> reached >= end ? null : end - reached);
            }
        }
        return rest.values().stream().mapToLong(Long::longValue).sum();
    }
}
