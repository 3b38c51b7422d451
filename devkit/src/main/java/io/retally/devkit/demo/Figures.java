package io.retally.devkit.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * What is published, in figures.
 *
 * @param changes read from the logs since their beginning
 * @param rows of all serving tables, as PostgreSQL's statistics have it
 */
public record Figures(long epoch, Duration age, long changes, long rows) {

    /** Empty before the first publication. */
    public static Optional<Figures> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select epoch, (extract(epoch from now() - published_at) * 1000)::bigint,
                               coalesce((select sum(next_offset) from staging.source_position), 0),
                               (select coalesce(sum(n_live_tup), 0) from pg_stat_user_tables where schemaname = 'serving')
                        from serving.epoch""")) {
            return row.next()
                    ? Optional.of(new Figures(
                            row.getLong(1), Duration.ofMillis(row.getLong(2)), row.getLong(3), row.getLong(4)))
                    : Optional.empty();
        }
    }
}
