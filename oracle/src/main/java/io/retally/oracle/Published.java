package io.retally.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * One published epoch, copied into schema {@code published} of a scratch database.
 *
 * @param epoch empty before the first publication
 * @param positions the prefix of every log that the epoch stands for, as next offsets; empty where the user may not see
 *     staging
 */
public record Published(Optional<Epoch> epoch, Map<LogPartition, Long> positions) {

    /** The row of {@code serving.epoch}. */
    public record Epoch(
            long epoch, Instant publishedAt, @Nullable Instant sourceAt) {}

    /** A partition of a topic. */
    public record LogPartition(String topic, int partition) {}

    /**
     * Copies every serving table, the epoch and the positions as one snapshot sees them.
     *
     * @param serving its transaction is ended and its settings are put back
     */
    public static Published copy(Connection serving, Connection scratch) throws SQLException {
        boolean autoCommit = serving.getAutoCommit();
        int isolation = serving.getTransactionIsolation();
        if (!autoCommit) {
            serving.rollback();
        }
        serving.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        serving.setAutoCommit(false);
        try {
            Statements.run(scratch, "create schema published");
            Optional<Epoch> epoch = epoch(serving);
            Map<LogPartition, Long> positions = positions(serving);
            for (String table : ContractSql.servedTables()) {
                copy(serving, scratch, table);
            }
            return new Published(epoch, positions);
        } finally {
            serving.rollback();
            serving.setAutoCommit(autoCommit);
            serving.setTransactionIsolation(isolation);
        }
    }

    private static Optional<Epoch> epoch(Connection serving) throws SQLException {
        try (Statement statement = serving.createStatement();
                ResultSet row = statement.executeQuery("select epoch, published_at, source_at from serving.epoch")) {
            if (!row.next()) {
                return Optional.empty();
            }
            Instant publishedAt = row.getObject(2, OffsetDateTime.class).toInstant();
            OffsetDateTime sourceAt = row.getObject(3, OffsetDateTime.class);
            return Optional.of(new Epoch(row.getLong(1), publishedAt, sourceAt == null ? null : sourceAt.toInstant()));
        }
    }

    private static Map<LogPartition, Long> positions(Connection serving) throws SQLException {
        Map<LogPartition, Long> positions = new HashMap<>();
        try (Statement statement = serving.createStatement()) {
            try (ResultSet visible = statement.executeQuery(
                    "select from pg_catalog.pg_namespace where nspname = 'staging' and has_schema_privilege(oid, 'usage')")) {
                if (!visible.next()) {
                    return positions;
                }
            }
            try (ResultSet row =
                    statement.executeQuery("select topic, partition, next_offset from staging.source_position")) {
                while (row.next()) {
                    positions.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                }
            }
        }
        return positions;
    }

    private static void copy(Connection serving, Connection scratch, String table) throws SQLException {
        Map<String, String> columns = Columns.of(serving, "serving", table);
        if (columns.isEmpty()) {
            throw new SQLException("there is no table serving." + table
                    + " that this user may see; migrate the database, or connect as a member of retally_read");
        }
        StringBuilder definition = new StringBuilder();
        columns.forEach((name, type) -> definition
                .append(definition.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(type));
        Statements.run(scratch, "create unlogged table published." + table + " (" + definition + ")");
        String names = String.join(", ", columns.keySet());
        try (InputStream rows = new PGCopyInputStream(
                serving.unwrap(PGConnection.class),
                "copy (select " + names + " from serving." + table + ") to stdout")) {
            scratch.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy published." + table + " (" + names + ") from stdin", rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Statements.run(scratch, "analyze published." + table);
    }
}
