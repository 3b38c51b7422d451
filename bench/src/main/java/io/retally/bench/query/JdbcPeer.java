package io.retally.bench.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An engine that is asked through JDBC, by one client. */
final class JdbcPeer implements Peer {
    private final String name;
    private final String description;
    private final Connection connection;
    private final Dialect dialect;
    private final ScheduledExecutorService watch;

    /** @param connection is closed with this */
    JdbcPeer(String name, Connection connection) throws SQLException {
        this.name = name;
        this.description = connection.getMetaData().getDatabaseProductName() + " "
                + connection.getMetaData().getDatabaseProductVersion();
        this.connection = connection;
        this.dialect = Dialect.of(name);
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "watch-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<@Nullable Object[]> ask(Asking asking, String now) throws SQLException, TimeoutException {
        Dialect.Prepared prepared = dialect.prepared(asking);
        AtomicBoolean cancelled = new AtomicBoolean();
        try (PreparedStatement statement = connection.prepareStatement(prepared.sql())) {
            for (int place = 0; place < prepared.parameters().size(); place++) {
                statement.setString(
                        place + 1, asking.value(prepared.parameters().get(place), now));
            }
            Future<?> cancel =
                    watch.schedule(() -> cancel(statement, cancelled), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            } finally {
                cancel.cancel(false);
            }
        } catch (SQLException e) {
            if (cancelled.get()) {
                throw new TimeoutException(e.getMessage());
            }
            throw e;
        }
    }

    private static void cancel(Statement statement, AtomicBoolean cancelled) {
        cancelled.set(true);
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has ended meanwhile, or goes on: then it is waited for.
        }
    }

    /** All rows; times without a zone as LocalDateTime. */
    static List<@Nullable Object[]> read(ResultSet rows) throws SQLException {
        ResultSetMetaData types = rows.getMetaData();
        int columns = types.getColumnCount();
        boolean[] zoneless = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            zoneless[column] = types.getColumnTypeName(column + 1).equalsIgnoreCase("timestamp");
        }
        List<@Nullable Object[]> all = new ArrayList<>();
        while (rows.next()) {
            @Nullable Object[] row = new @Nullable Object[columns];
            for (int column = 0; column < columns; column++) {
                // Otherwise the driver would take it for one of this process's zone.
                row[column] =
                        zoneless[column] ? rows.getObject(column + 1, LocalDateTime.class) : rows.getObject(column + 1);
            }
            all.add(row);
        }
        return all;
    }

    /** Runs the statements of a file, or others. */
    static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        watch.shutdownNow();
        connection.close();
    }
}
