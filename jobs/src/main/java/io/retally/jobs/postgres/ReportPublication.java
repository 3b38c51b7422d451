package io.retally.jobs.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report's epochs to its table. {@code reporting.publication} says, in the same transaction, which line of
 * checkpoints the table belongs to and which one was published last: publishing an epoch again changes nothing, and a job
 * that is not the table's own any more is refused.
 *
 * <p>The first epoch of a line takes the table over: it is created, or emptied, or replaced if its columns differ, and
 * filled in one transaction.
 */
final class ReportPublication implements AutoCloseable {

    private static final String SCHEMA = "reporting";
    private static final String ROLE = "retally_report";
    private static final String UNIQUE_VIOLATION = "23505";

    private final PostgresTarget target;
    private final String report;
    private final ReportTable table;
    private final UUID lineage;
    private @Nullable Connection connection;
    private long publishedCheckpoint;

    ReportPublication(PostgresTarget target, String report, ReportTable table, UUID lineage) {
        this.target = target;
        this.report = report;
        this.table = table;
        this.lineage = lineage;
    }

    private record Published(UUID lineage, long checkpoint, String shape) {}

    /**
     * Finds out what this line of checkpoints has published.
     *
     * @param publishedThen {@link #publishedCheckpoint} when that checkpoint was taken
     * @throws LineageException if that is newer than what the job was restored from, or older than what it had published
     */
    void resume(long restoredCheckpoint, long publishedThen) throws SQLException {
        transaction(open -> {
            Published last = published(open);
            if (last != null && last.lineage.equals(lineage)) {
                if (last.checkpoint > restoredCheckpoint) {
                    throw new LineageException(
                            "report %s was restored from checkpoint %d, but table %s holds checkpoint %d: start it without a savepoint, and it is filled from the logs"
                                    .formatted(report, restoredCheckpoint, qualified(), last.checkpoint));
                }
                if (last.checkpoint < publishedThen) {
                    throw new LineageException(
                            "table %s is that of checkpoint %d, but report %s had published checkpoint %d: PostgreSQL was put back to an earlier state. Start the report without a savepoint, and the table is filled from the logs"
                                    .formatted(qualified(), last.checkpoint, report, publishedThen));
                }
                publishedCheckpoint = last.checkpoint;
            }
        });
    }

    /** The checkpoint published last by this run, or by what it was restored from; 0 if none was. */
    long publishedCheckpoint() {
        return publishedCheckpoint;
    }

    /** Publishes an epoch, unless that was done before a restart. */
    void publish(ReportEpoch epoch) throws SQLException {
        if (epoch.checkpoint() <= publishedCheckpoint) {
            return; // the outcome of its transaction was not known
        }
        transaction(open -> {
            Published last = published(open);
            if (epoch.begins()) {
                takeOver(open, last);
            } else if (last == null || !last.lineage.equals(lineage) || last.checkpoint != publishedCheckpoint) {
                // Each run publishes its own differences: between two of them rows would be missed.
                throw new LineageException(
                        "table %s was taken over by another run of a report, so this run of %s ends: cancel one of the two, or let them write to tables of different names"
                                .formatted(qualified(), report));
            }
            write(open, epoch);
            remember(open, epoch);
        });
        publishedCheckpoint = epoch.checkpoint();
    }

    private @Nullable Published published(Connection open) throws SQLException {
        try (PreparedStatement query = open.prepareStatement(
                "select lineage, checkpoint, shape from " + SCHEMA + ".publication where table_name = ? for update")) {
            query.setString(1, table.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Published(row.getObject(1, UUID.class), row.getLong(2), row.getString(3))
                        : null;
            }
        }
    }

    private void takeOver(Connection open, @Nullable Published last) throws SQLException {
        if (last != null && last.shape.equals(table.shape())) {
            execute(open, "delete from " + qualified());
            return;
        }
        if (last != null) {
            execute(open, "drop table if exists " + qualified());
        }
        String columns = table.columns().stream()
                .map(column -> quoted(column.name()) + " " + column.type() + (column.notNull() ? " not null" : ""))
                .collect(Collectors.joining(", "));
        execute(open, "create table %s (%s, primary key (%s))".formatted(qualified(), columns, names(table.key())));
        comment(open, "table " + qualified(), table.comment());
        for (ReportTable.Column column : table.columns()) {
            comment(open, "column " + qualified() + "." + quoted(column.name()), column.comment());
        }
        execute(open, "call " + SCHEMA + ".open_to_readers(" + literal(table.name()) + ")");
    }

    private void write(Connection open, ReportEpoch epoch) throws SQLException {
        Map<List<@Nullable String>, ReportChange> lost = new HashMap<>();
        Map<List<@Nullable String>, ReportChange> gained = new HashMap<>();
        for (ReportChange change : epoch.changes()) {
            ReportChange other = (change.gained() ? gained : lost).put(table.keyOf(change), change);
            if (other != null) {
                throw table.notUnique(report, change.values().toString());
            }
        }
        List<ReportChange> added = new ArrayList<>();
        List<ReportChange> changed = new ArrayList<>();
        gained.forEach((key, row) -> (lost.remove(key) == null ? added : changed).add(row));
        String all =
                table.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        String given = IntStream.range(0, table.columns().size())
                .mapToObj(i -> "g.c" + i + "::" + table.columns().get(i).type() + " as "
                        + quoted(table.columns().get(i).name()))
                .collect(Collectors.joining(", "));
        String rows = "(select " + given + " from unnest("
                + table.columns().stream().map(column -> "?::text[]").collect(Collectors.joining(", ")) + ") as g ("
                + IntStream.range(0, table.columns().size())
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "))
                + ")) r";
        String sameKey = table.key().stream()
                .map(column -> "t." + quoted(column) + " = r." + quoted(column))
                .collect(Collectors.joining(" and "));
        each(open, "delete from %s t using %s where %s".formatted(qualified(), rows, sameKey), lost.values());
        String values = table.columns().stream()
                .map(column -> quoted(column.name()) + " = r." + quoted(column.name()))
                .collect(Collectors.joining(", "));
        each(open, "update %s t set %s from %s where %s".formatted(qualified(), values, rows, sameKey), changed);
        try {
            // Not an upsert: a row that is there already is a second one of its key.
            each(open, "insert into %s (%s) select %s from %s".formatted(qualified(), all, all, rows), added);
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw table.notUnique(report, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** Runs a statement over rows, which must touch as many of the table's. */
    private void each(Connection open, String sql, java.util.Collection<ReportChange> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            for (int i = 0; i < table.columns().size(); i++) {
                int column = i;
                Array values = open.createArrayOf(
                        "text",
                        rows.stream()
                                .map(row -> row.values().get(column))
                                .collect(Collectors.collectingAndThen(Collectors.toList(), List::toArray)));
                statement.setArray(i + 1, values);
            }
            int touched = statement.executeUpdate();
            if (touched != rows.size()) {
                throw new LineageException(
                        "table %s does not hold what report %s wrote, %d of %d rows are there: start the report without a savepoint, and it is filled from the logs"
                                .formatted(qualified(), report, touched, rows.size()));
            }
        }
    }

    private void remember(Connection open, ReportEpoch epoch) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement("insert into " + SCHEMA
                + ".publication (table_name, report, lineage, checkpoint, shape, changed_at) values (?, ?, ?, ?, ?, now())"
                + " on conflict (table_name) do update set report = excluded.report, lineage = excluded.lineage,"
                + " checkpoint = excluded.checkpoint, shape = excluded.shape, changed_at = excluded.changed_at")) {
            statement.setString(1, table.name());
            statement.setString(2, report);
            statement.setObject(3, lineage);
            statement.setLong(4, epoch.checkpoint());
            statement.setString(5, table.shape());
            statement.executeUpdate();
        }
    }

    private interface Work {
        void in(Connection open) throws SQLException;
    }

    private void transaction(Work work) throws SQLException {
        Connection open = connected();
        try {
            work.in(open);
            open.commit();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = target.connect("report " + report);
            connection = open;
            // Tables are the group's: whichever login runs the report next may replace them.
            execute(open, "set role " + ROLE);
            open.commit();
        }
        return open;
    }

    private static void comment(Connection open, String what, @Nullable String comment) throws SQLException {
        if (comment != null) {
            execute(open, "comment on " + what + " is " + literal(comment));
        }
    }

    private static void execute(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }

    private String qualified() {
        return SCHEMA + "." + quoted(table.name());
    }

    private static String names(List<String> columns) {
        return columns.stream().map(ReportPublication::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
