package io.retally.jobs.postgres;

import io.retally.core.serving.ServingTable;
import io.retally.jobs.postgres.PendingEpoch.StagedTable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes staged epochs visible: all tables, the epoch's row and the source positions in one transaction, which also removes
 * the rows from staging.
 *
 * <p>The tables belong to one lineage: a job's run from empty state and all that was restored from it. Another lineage can
 * take them over with its first epoch, in which it replaces what they hold; an old one is refused from then on. Within a
 * lineage a publication must follow this publisher's own last one: of two jobs restored from one checkpoint only one goes
 * on, and an attempt that stalled and was replaced changes nothing any more.
 */
final class Publication implements AutoCloseable {

    private final Connection connection;
    private final UUID lineage;
    /** The checkpoint that the tables were published from when this publisher last saw them; null: they were not its lineage's. */
    private @Nullable Long published;

    Publication(PostgresTarget target, UUID lineage) throws SQLException {
        this.connection = target.connect("publication");
        this.lineage = lineage;
    }

    /**
     * Goes on from a checkpoint: publishes what its state holds and is not published yet. To be called once, before {@link
     * #publish}.
     *
     * @param publishedThen what the tables were published from when that checkpoint was taken, {@link #published}; null: not
     *     known
     * @param mayTakeOver as in {@link #publish}
     * @throws LineageException if the tables were published from a later checkpoint, or put back to an earlier state than
     *     the pending epochs follow upon, and as {@link #publish} does
     */
    void resume(long restoredCheckpoint, List<PendingEpoch> pending, @Nullable Long publishedThen, boolean mayTakeOver)
            throws SQLException {
        Owner owner = lockOwner();
        published = ownCheckpoint(owner);
        long last = published == null ? Long.MIN_VALUE : published;
        if (published != null && publishedThen != null && published < publishedThen) {
            throw putBack(published, publishedThen);
        }
        if (last > restoredCheckpoint) {
            throw refusal("The serving tables were published from checkpoint " + last + ", later than checkpoint "
                    + restoredCheckpoint
                    + " that the job was restored from. Restore the latest checkpoint, or start the "
                    + "job without a savepoint: it then rebuilds the tables.");
        }
        List<PendingEpoch> due =
                pending.stream().filter(epoch -> epoch.checkpoint() > last).toList();
        publish(due, owner, mayTakeOver);
    }

    /**
     * Publishes these epochs as one.
     *
     * @param mayTakeOver whether the lineage has not published anything: then it takes the tables over if they are
     *     another's
     * @param sweepBelow staged rows of chunks with a lower number belong to nobody and are removed; null: none are
     * @throws LineageException if the tables belong to another lineage and may not be taken over, if another run of this
     *     lineage published last, or if staged rows are gone
     */
    void publish(List<PendingEpoch> epochs, boolean mayTakeOver, @Nullable Long sweepBelow) throws SQLException {
        Owner owner = lockOwner();
        Long last = ownCheckpoint(owner);
        if (last != null && published != null && last < published) {
            throw putBack(last, published);
        }
        if (last != null && !last.equals(published)) {
            throw refusal("The serving tables were published from checkpoint " + last
                    + " by another run of the job that "
                    + "was restored from the same checkpoints; this run knows of "
                    + (published == null ? "none" : "checkpoint " + published) + ". Leave the tables to the other run, "
                    + "or start this one without a savepoint: it then rebuilds the tables.");
        }
        publish(epochs, owner, mayTakeOver);
        if (sweepBelow != null) {
            sweep(sweepBelow);
        }
    }

    private record Owner(UUID lineage, long checkpoint) {}

    /** Begins the transaction. Until it ends, nobody else publishes. */
    private @Nullable Owner lockOwner() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PublicationSql.SETTINGS);
            try (ResultSet result = statement.executeQuery(PublicationSql.LOCK_PUBLICATION)) {
                return result.next() ? new Owner(result.getObject(1, UUID.class), result.getLong(2)) : null;
            }
        }
    }

    private @Nullable Long ownCheckpoint(@Nullable Owner owner) {
        return owner != null && owner.lineage.equals(lineage) ? (Long) owner.checkpoint : null;
    }

    private void publish(List<PendingEpoch> due, @Nullable Owner owner, boolean mayTakeOver) throws SQLException {
        boolean own = ownCheckpoint(owner) != null;
        if (!own && !mayTakeOver) {
            throw refusal("The serving tables were taken over by another run of the job (lineage "
                    + (owner == null ? "none" : owner.lineage) + "; this one is of lineage " + lineage
                    + "). Cancel the job that is no longer wanted, or start this one without a savepoint: it then "
                    + "rebuilds the tables.");
        }
        if (due.isEmpty()) {
            connection.commit();
            return;
        }
        if (!own) {
            deleteAll();
        }
        PendingEpoch latest = due.get(due.size() - 1);
        writeOwner(owner == null, latest.checkpoint());
        for (Map.Entry<ServingTable, StagedTable> entry :
                PendingEpoch.stagedTables(due).entrySet()) {
            merge(entry.getKey(), entry.getValue());
        }
        writePositions(PendingEpoch.nextOffsets(due));
        writeEpoch(latest.newestChange());
        connection.commit();
        published = latest.checkpoint();
    }

    /**
     * How many messages another lineage's tables stand for beyond these positions; 0 if the tables are nobody's or this
     * lineage's.
     */
    long behindOthers(Map<SourceProgress.TopicPartition, Long> nextOffsets) throws SQLException {
        long behind = 0;
        try (PreparedStatement statement = connection.prepareStatement(PublicationSql.POSITIONS_OF_OTHERS)) {
            statement.setObject(1, lineage);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long reached = nextOffsets.getOrDefault(
                            new SourceProgress.TopicPartition(rows.getString(1), rows.getInt(2)), 0L);
                    behind += Math.max(0, rows.getLong(3) - reached);
                }
            }
        }
        connection.commit();
        return behind;
    }

    /** The checkpoint that the tables were published from when this publisher last saw them; null: they were not its lineage's. */
    @Nullable
    Long published() {
        return published;
    }

    /** The epochs in between are in nobody's state any more, and what comes next holds only what changed since. */
    private LineageException putBack(long last, long published) throws SQLException {
        return refusal("The serving tables are those of checkpoint " + last + ", but the job had published checkpoint "
                + published
                + ": PostgreSQL was put back to an earlier state, by a backup or a replica that was behind. Bring back "
                + "the later state, or start the job without a savepoint: it then rebuilds the tables.");
    }

    /** Gives the tables back as they were, and the right to publish to others. */
    private LineageException refusal(String message) throws SQLException {
        connection.rollback();
        return new LineageException(message);
    }

    private void deleteAll() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (ServingTable table : ServingTable.values()) {
                statement.execute(PublicationSql.deleteAll(table));
            }
            statement.execute(PublicationSql.DELETE_POSITIONS);
        }
    }

    private void writeOwner(boolean first, long checkpoint) throws SQLException {
        String sql = first ? PublicationSql.INSERT_PUBLICATION : PublicationSql.UPDATE_PUBLICATION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, lineage);
            statement.setLong(2, checkpoint);
            statement.executeUpdate();
        }
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
            throw refusal("Of " + expected + " rows staged for " + table.tableName() + " only " + found
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
                statement.setObject(1, Instant.ofEpochMilli(newestChange).atOffset(ZoneOffset.UTC));
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
