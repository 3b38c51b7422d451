package io.retally.jobs.postgres;

import io.retally.core.serving.ServingTable;
import io.retally.jobs.postgres.PendingEpoch.StagedTable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes staged epochs visible: all tables, the epoch's row and the source positions in one transaction. To publish an epoch
 * again changes nothing, as the transaction that publishes its rows also removes them from staging.
 *
 * <p>The tables belong to one lineage: a job's run from empty state and all that was restored from it. Another lineage can
 * take them over with its first epoch, in which it replaces what they hold; an old one is refused from then on.
 */
final class Publication implements AutoCloseable {

    private final Connection connection;
    private final UUID lineage;

    Publication(PostgresTarget target, UUID lineage) throws SQLException {
        this.connection = target.connect("publication");
        this.lineage = lineage;
    }

    /**
     * Checks that the tables hold what a job restored from a checkpoint has published at most.
     *
     * @throws LineageException if they were published from a later checkpoint
     */
    void requireNotAheadOf(long restoredCheckpoint) throws SQLException {
        Owner owner = lockOwner();
        connection.rollback();
        if (owner != null && owner.lineage.equals(lineage) && owner.checkpoint > restoredCheckpoint) {
            throw new LineageException("The serving tables were published from checkpoint " + owner.checkpoint
                    + ", later than checkpoint " + restoredCheckpoint + " that the job was restored from. Restore the "
                    + "latest checkpoint, or start the job without a savepoint: it then rebuilds the tables.");
        }
    }

    /**
     * Publishes these epochs as one.
     *
     * @param mayTakeOver whether the lineage has not published anything: then it takes the tables over if they are
     *     another's
     * @param sweepBelow staged rows of chunks with a lower number belong to nobody and are removed; null: none are
     * @throws LineageException if the tables belong to another lineage and may not be taken over
     */
    void publish(List<PendingEpoch> epochs, boolean mayTakeOver, @Nullable Long sweepBelow) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PublicationSql.SETTINGS);
            Owner owner = lockOwner();
            boolean own = owner != null && owner.lineage.equals(lineage);
            if (!own && !mayTakeOver) {
                connection.rollback();
                throw takenOver(owner);
            }
            // What the lineage has published is not published again, whoever asks: not even by an attempt that stalled.
            List<PendingEpoch> due = own && owner != null
                    ? epochs.stream()
                            .filter(epoch -> epoch.checkpoint() > owner.checkpoint)
                            .toList()
                    : epochs;
            if (!due.isEmpty()) {
                if (!own) {
                    for (ServingTable table : ServingTable.values()) {
                        statement.execute(PublicationSql.deleteAll(table));
                    }
                    statement.execute(PublicationSql.DELETE_POSITIONS);
                }
                publish(due, owner);
            }
        }
        connection.commit();
        if (sweepBelow != null) {
            sweep(sweepBelow);
        }
    }

    private record Owner(UUID lineage, long checkpoint) {}

    private @Nullable Owner lockOwner() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(PublicationSql.LOCK_PUBLICATION)) {
            return result.next() ? new Owner(result.getObject(1, UUID.class), result.getLong(2)) : null;
        }
    }

    private void publish(List<PendingEpoch> due, @Nullable Owner owner) throws SQLException {
        PendingEpoch latest = due.get(due.size() - 1);
        String sql = owner == null ? PublicationSql.INSERT_PUBLICATION : PublicationSql.UPDATE_PUBLICATION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, lineage);
            statement.setLong(2, latest.checkpoint());
            statement.executeUpdate();
        }
        for (Map.Entry<ServingTable, StagedTable> entry :
                PendingEpoch.stagedTables(due).entrySet()) {
            merge(entry.getKey(), entry.getValue());
        }
        writePositions(PendingEpoch.nextOffsets(due));
        writeEpoch(latest.newestChange());
    }

    private LineageException takenOver(@Nullable Owner owner) {
        return new LineageException("The serving tables were taken over by another run of the job (lineage "
                + (owner == null ? "none" : owner.lineage) + "; this one is of lineage " + lineage
                + "). Cancel the job that is no longer wanted, or start this one without a savepoint: it then "
                + "rebuilds the tables.");
    }

    private void merge(ServingTable table, StagedTable staged) throws SQLException {
        Array chunks = connection.createArrayOf("bigint", staged.chunks().toArray());
        boolean severalChunks = staged.chunks().size() > 1;
        if (staged.counts().deletions() > 0) {
            execute(PublicationSql.delete(table, severalChunks), chunks);
        }
        if (staged.counts().upserts() > 0) {
            execute(PublicationSql.upsert(table, severalChunks), chunks);
        }
        int found = execute(PublicationSql.clear(table), chunks);
        int expected = staged.counts().upserts() + staged.counts().deletions();
        if (found != expected) {
            connection.rollback();
            throw new LineageException("Of " + expected + " rows staged for " + table.tableName() + " only " + found
                    + " are there: another run of the job has swept them away. Start the job without a savepoint: it then "
                    + "rebuilds the tables.");
        }
    }

    private int execute(String sql, Array chunks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, chunks);
            return statement.executeUpdate();
        }
    }

    private void writePositions(Map<SourceProgress.TopicPartition, Long> nextOffsets) throws SQLException {
        if (nextOffsets.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(PublicationSql.UPSERT_POSITION)) {
            for (Map.Entry<SourceProgress.TopicPartition, Long> entry : nextOffsets.entrySet()) {
                statement.setString(1, entry.getKey().topic());
                statement.setInt(2, entry.getKey().partition());
                statement.setLong(3, entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void writeEpoch(long newestChange) throws SQLException {
        if (writeEpoch(PublicationSql.UPDATE_EPOCH, newestChange) == 0) {
            writeEpoch(PublicationSql.INSERT_EPOCH, newestChange);
        }
    }

    private int writeEpoch(String sql, long newestChange) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (newestChange == Long.MIN_VALUE) {
                statement.setNull(1, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setTimestamp(1, Timestamp.from(Instant.ofEpochMilli(newestChange)));
            }
            return statement.executeUpdate();
        }
    }

    private void sweep(long below) throws SQLException {
        for (ServingTable table : ServingTable.values()) {
            try (PreparedStatement statement = connection.prepareStatement(PublicationSql.sweep(table))) {
                statement.setLong(1, below);
                statement.executeUpdate();
            }
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
