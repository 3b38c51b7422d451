package io.retally.devkit.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is published, in figures.
 *
 * @param changes read from the logs since their beginning
 * @param rows of all serving tables, as PostgreSQL's statistics have it
 * @param newestChange when the newest change was made that is in; null if there is none yet
 */
public record Figures(
        long epoch,
        Duration age,
        long changes,
        long rows,
        @Nullable Instant newestChange) {

    /** Before the first publication. */
    public static final Figures NONE = new Figures(0, Duration.ZERO, 0, 0, null);

    /** Empty before the first publication. */
    public static Optional<Figures> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select epoch, (extract(epoch from now() - published_at) * 1000)::bigint,
                               coalesce((select sum(next_offset) from staging.source_position), 0),
                               (select coalesce(sum(n_live_tup), 0) from pg_stat_user_tables where schemaname = 'serving'
                                 and relname <> 'epoch'),
                               (extract(epoch from source_at) * 1000)::bigint
                        from serving.epoch""")) {
            if (!row.next()) {
                return Optional.empty();
            }
            Long newestChange = row.getObject(5, Long.class);
            return Optional.of(new Figures(
                    row.getLong(1),
                    Duration.ofMillis(row.getLong(2)),
                    row.getLong(3),
                    row.getLong(4),
                    newestChange == null ? null : Instant.ofEpochMilli(newestChange)));
        }
    }
}
