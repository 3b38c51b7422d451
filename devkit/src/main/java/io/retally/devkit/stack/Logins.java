package io.retally.devkit.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The users that log in: the job's publisher, and a reader. Made anew or given a new password by the database's owner. */
final class Logins {
    static final String PUBLISHER = "retally_publisher";
    static final String READER = "retally_reader";

    private Logins() {}

    static void create(PostgresUrl owner, String publisherPassword, String readerPassword) throws SQLException {
        try (Connection connection = owner.connect()) {
            create(connection, PUBLISHER, "retally_publish", publisherPassword);
            create(connection, READER, "retally_read", readerPassword);
        }
    }

    /** A user that runs reports. */
    static void createReporter(PostgresUrl owner, String user, String password) throws SQLException {
        try (Connection connection = owner.connect()) {
            create(connection, user, "retally_report", password);
        }
    }

    private static void create(Connection connection, String user, String group, String password) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean known;
            try (var rows = statement.executeQuery("select from pg_roles where rolname = '" + user + "'")) {
                known = rows.next();
            }
            if (!known) {
                statement.execute("create role " + user + " login in role " + group);
            }
        }
        setPassword(connection, user, password);
    }

    /** Hashed here: the server's log never holds it. */
    static void setPassword(Connection connection, String user, String password) throws SQLException {
        connection.unwrap(PGConnection.class).alterUserPassword(user, password.toCharArray(), "scram-sha-256");
    }
}
