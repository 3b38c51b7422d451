package io.retally.devkit.container;

import io.retally.devkit.stack.PostgresUrl;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL with production's database and logins; the publisher's password is in a pgpass file of the folder. */
record TestingDatabase(EmbeddedPostgres server) implements AutoCloseable {
    static final String PUBLISHER_PASSWORD = "publishes-and-tells-nobody";
    private static final String NAME = "retally";
    private static final Path ROLES =
            Path.of("../sql/production/roles.sql").toAbsolutePath().normalize();

    /** @param settings of the server */
    static TestingDatabase start(Path folder, Map<String, String> settings) throws IOException, SQLException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        settings.forEach(builder::setServerConfig);
        TestingDatabase database = new TestingDatabase(builder.start());
        try (Connection connection = database.server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + NAME);
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(ROLES));
            statement.execute("alter role retally_publisher password '" + PUBLISHER_PASSWORD + "'");
        }
        Migrations.migrate(database.server.getDatabase("retally_owner", NAME));
        Files.writeString(passwords(folder), "localhost:*:" + NAME + ":retally_publisher:" + PUBLISHER_PASSWORD + "\n");
        return database;
    }

    static Path passwords(Path folder) {
        return folder.resolve("pgpass");
    }

    /** From now on the publisher comes encrypted and with its password, or not at all. */
    void letThePublisherInEncryptedOnly() throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                Path hba = Path.of(file.getString(1));
                Files.writeString(
                        hba,
                        "hostssl all retally_publisher 127.0.0.1/32 scram-sha-256\n"
                                + "hostnossl all retally_publisher all reject\n"
                                + Files.readString(hba));
            }
            statement.execute("select pg_reload_conf()");
        }
    }

    /** For the driver, without a login. */
    String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + NAME;
    }

    /** A superuser's way to it. */
    PostgresUrl superuser() {
        return new PostgresUrl("postgres", "", "localhost", server.getPort(), NAME);
    }

    Connection connect() throws SQLException {
        return server.getDatabase("postgres", NAME).getConnection();
    }

    /** The first row's first column; empty without a row. */
    String answer(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
