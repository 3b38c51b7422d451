package io.retally.oracle;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A PostgreSQL of a test's own; each {@link #scratch} is a new database. */
final class Databases implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final List<Connection> connections = new ArrayList<>();
    private int databases;

    Databases() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    Connection scratch() throws SQLException {
        String name = "scratch_" + ++databases;
        try (Connection admin = postgres.getPostgresDatabase().getConnection()) {
            Statements.run(admin, "create database " + name);
        }
        Connection connection = postgres.getDatabase("postgres", name).getConnection();
        connections.add(connection);
        return connection;
    }

    /** The database of a connection, for whoever wants to connect itself. */
    DataSource source(Connection connection) throws SQLException {
        return postgres.getDatabase("postgres", connection.getCatalog());
    }

    /** Rows, each as its columns' text joined by {@code |}. */
    static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        postgres.close();
    }
}
