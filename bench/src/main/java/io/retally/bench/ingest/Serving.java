package io.retally.bench.ingest;

import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** What a job publishes in PostgreSQL: how far it is, and what the tables hold. */
record Serving(Arena arena) {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_A_CHECK = 20;
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** When the epoch was published that holds the whole logs. */
    Instant awaitAllPublished(String job) throws SQLException, IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        int polls = 0;
        try (Connection connection = arena.endpoints().postgres().connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet rows = statement.executeQuery("""
                        select published_at, (select coalesce(sum(next_offset), 0) from staging.source_position)
                        from serving.epoch""")) {
                    if (rows.next() && rows.getLong(2) >= arena.logs().messages()) {
                        Timestamp published = rows.getTimestamp(1);
                        return published.toInstant();
                    }
                }
                if (++polls % POLLS_A_CHECK == 0) { // the job manager's answers take CPU time, too
                    arena.jobs().requireWell(job);
                }
                if (Instant.now().isAfter(end)) {
                    throw new StackException("the logs are not published after " + PATIENCE, "read the stack's logs");
                }
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    /** Rows and a sum of their hashes, by table: equal when the tables hold the same rows. */
    String digest() throws SQLException {
        try (Connection connection = arena.endpoints().postgres().connect();
                Statement statement = connection.createStatement()) {
            String each;
            try (ResultSet rows = statement.executeQuery("""
                    select string_agg(format(
                        'select %1$L || '' '' || count(*) || '' '' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest'
                        || ' from serving.%1$I t', tablename), ' union all ' order by tablename)
                    from pg_tables where schemaname = 'serving' and tablename <> 'epoch'""")) {
                rows.next();
                each = rows.getString(1);
            }
            try (ResultSet rows = statement.executeQuery(
                    "select string_agg(digest, ', ' order by digest) from (" + each + ") each")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
