package io.retally.devkit.verify;

import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A database of its own beside the published one, for the contract's tables; dropped at the end. */
public final class Scratch implements AutoCloseable {
    private static final String OBJECT_IN_USE = "55006";
    /** Each waits five seconds for a worker to go. */
    private static final int ATTEMPTS = 6;

    private final PostgresUrl owner;
    private final PostgresUrl url;

    private Scratch(PostgresUrl owner, PostgresUrl url) {
        this.owner = owner;
        this.url = url;
    }

    public static Scratch create(PostgresUrl owner) {
        String name = "retally_verify_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new StackException(
                    "a database to verify in cannot be created by " + owner.user() + ": " + e.getMessage(),
                    "grant it: alter role " + owner.user() + " createdb",
                    e);
        }
        return new Scratch(owner, new PostgresUrl(owner.user(), owner.password(), owner.host(), owner.port(), name));
    }

    public Connection connect() throws SQLException {
        return url.connect();
    }

    /**
     * Ends what is still connected, by name: FORCE would also try to end an autovacuum worker, which only a superuser may, and
     * then refuse. Without it the worker is sent away and waited for.
     */
    @Override
    public void close() throws SQLException {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '"
                    + url.database() + "' and usename = current_user");
            for (int attempt = 1; ; attempt++) {
                try {
                    statement.execute("drop database if exists " + url.database());
                    return;
                } catch (SQLException e) {
                    if (!OBJECT_IN_USE.equals(e.getSQLState()) || attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }
}
