package io.retally.devkit.stack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the database before and while the job starts. */
final class PostgresChecks {
    private PostgresChecks() {}

    static void reachable(PostgresUrl owner) {
        try (Connection connection = owner.connect()) {
            connection.isValid(1);
        } catch (SQLException e) {
            throw new StackException(
                    owner + " cannot be used: " + e.getMessage(), "check the URL, and that the server is up", e);
        }
    }

    static boolean hasEpoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select from serving.epoch")) {
            return rows.next();
        }
    }

    /** A job that starts from nothing needs tables that hold nothing. */
    static void emptyOrEmptied(PostgresUrl owner, boolean mayEmpty) throws SQLException {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            if (!hasEpoch(connection)) {
                return;
            }
            if (!mayEmpty) {
                throw new StackException(
                        owner + " already holds what another stack has published",
                        "give an empty database, or let `up --fresh` empty schemas serving and staging");
            }
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("""
                    select format('%I.%I', schemaname, tablename) from pg_tables
                    where schemaname in ('serving', 'staging')""")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            statement.execute("truncate " + String.join(", ", tables));
        }
    }
}
