package io.retally.jobs.postgres;

import static org.awaitility.Awaitility.await;

import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The migrated schemas in a database of each test's own; one server for all test classes. */
@SuppressWarnings("NullAway.Init") // set before each test
final class TestingTables implements BeforeEachCallback {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String PUBLISHER = "retally_publisher";

    private EmbeddedPostgres postgres;
    private String database;

    @Override
    public void beforeEach(ExtensionContext context) {
        postgres = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Server.class)
                .postgres;
        database = "test_" + DATABASES.incrementAndGet();
        run(postgres, "postgres", "create database " + database + " template " + Server.TEMPLATE);
    }

    /** The database as the job reaches it: as a login that may do nothing but publish. */
    PostgresTarget target() {
        return new PostgresTarget(postgres.getJdbcUrl(PUBLISHER, database), PUBLISHER);
    }

    /** A connection of the database's owner. */
    Connection connect() throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    void run(String... statements) {
        run(postgres, database, statements);
    }

    /** A row is its columns' text, joined by {@code |}. */
    List<String> rows(String query) {
        try (Connection connection = connect()) {
            return rows(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    List<String> teams() {
        return rows("select team_id, name from serving.team order by team_id");
    }

    long epoch() {
        return Long.parseLong(
                rows("select coalesce(max(epoch), 0) from serving.epoch").get(0));
    }

    /** Every row of schemas serving and staging, and which transaction wrote it. */
    List<String> everything() {
        return contents("'serving', 'staging'", "xmin || ' ' || ");
    }

    /** Every row that waits in staging; what is not of an epoch is not looked at. */
    List<String> staged() {
        return contents("'staging'", "").stream()
                .filter(row -> !row.startsWith("staging.publication") && !row.startsWith("staging.source_position"))
                .toList();
    }

    private List<String> contents(String schemas, String prefix) {
        try (Connection connection = connect()) {
            List<String> rows = new ArrayList<>();
            for (String table : rows(
                    connection,
                    "select relnamespace::regnamespace || '.' || relname from pg_class where relkind = 'r' "
                            + "and relnamespace::regnamespace::text in (" + schemas + ") order by 1")) {
                rows(connection, "select " + prefix + "t::text from " + table + " t order by t::text")
                        .forEach(row -> rows.add(table + " " + row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that a test does, and that may fail. */
    interface Action {
        void run() throws Exception;
    }

    /**
     * Has {@code publication} wait in front of a table, when it has changed all tables before and not committed.
     *
     * @param meanwhile what is done while it waits
     * @return how the publication ends
     */
    CompletableFuture<Void> whilePublicationWaitsFor(String table, Action publication, Action meanwhile)
            throws Exception {
        try (Connection holder = connect()) {
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("lock table " + table + " in share mode");
            }
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                try {
                    publication.run();
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> end.isDone()
                            || !rows("select from pg_stat_activity where " + PUBLICATION
                                            + " and wait_event_type = 'Lock'")
                                    .isEmpty());
            meanwhile.run();
            return end;
        }
    }

    private static final String PUBLICATION =
            "datname = current_database() and application_name = 'retally publication'";

    /** Ends the publisher's session as a crash of the server does. */
    void killPublication() {
        rows("select pg_terminate_backend(pid) from pg_stat_activity where " + PUBLICATION);
    }

    private static void run(EmbeddedPostgres postgres, String database, String... statements) {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** A server whose database {@code migrated} is migrated. */
    static final class Server implements AutoCloseable {
        private static final String TEMPLATE = "migrated";

        private final EmbeddedPostgres postgres;

        Server() throws IOException {
            postgres = EmbeddedPostgres.start();
            TestingTables.run(postgres, "postgres", "create database " + TEMPLATE);
            Migrations.migrate(postgres.getDatabase("postgres", TEMPLATE));
            TestingTables.run(postgres, "postgres", "create user " + PUBLISHER + " in role retally_publish");
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }
}
