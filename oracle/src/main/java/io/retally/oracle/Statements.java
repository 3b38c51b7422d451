package io.retally.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements on a scratch database. */
final class Statements {
    private Statements() {}

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Few large queries and nobody else: memory for sorts and hashes, both cores, no compilation that takes longer. */
    static void generous(Connection scratch) throws SQLException {
        run(
                scratch,
                "set work_mem = '256MB'",
                "set maintenance_work_mem = '512MB'",
                "set max_parallel_workers_per_gather = 2",
                "set synchronous_commit = off",
                "set jit = off");
    }

    /**
     * {@code at time zone} takes a name for an abbreviation before it looks for a region, the session's time zone's
     * first: the same names shall mean the same in every session.
     */
    static void pinTimeZones(Connection scratch) throws SQLException {
        run(scratch, "set timezone = 'UTC'", "set timezone_abbreviations = 'Default'");
    }
}
