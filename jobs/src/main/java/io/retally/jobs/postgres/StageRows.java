package io.retally.jobs.postgres;

import io.retally.core.serving.Row;
import io.retally.core.serving.RowCodec;
import io.retally.core.serving.RowKey;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.metrics.StagingMetrics;
import io.retally.jobs.types.CodecType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Stages the rows of the open epoch in PostgreSQL, where nobody reads them yet, and tells the publisher under which number.
 * Of a row that changes several times the last version alone is staged. All versions of a row must come to one subtask.
 *
 * <p>Rows wait in memory until the barrier, or until many wait: then an epoch is staged in several chunks, of which a later
 * one overrules an earlier one. A chunk whose number never reaches the publisher, because the job failed before the
 * barrier, is swept away later.
 */
public final class StageRows extends AbstractStreamOperator<EpochPart>
        implements OneInputStreamOperator<Row, EpochPart>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** The type of the rows that it takes. */
    public static final CodecType<Row> ROW_TYPE = CodecType.of(Row.class, RowCodec.class);

    /** Bounds the memory of waiting rows: about {@link #CHARS_OF_A_ROW} each. A larger one counts as several. */
    private static final int MAX_WAITING = 50_000;

    private static final int CHARS_OF_A_ROW = 500;

    private final PostgresTarget target;
    private final int maxWaiting;
    private transient Map<RowKey, Row> waiting = new HashMap<>();
    private transient int waitingRows;
    private transient @Nullable Connection connection;
    private transient long firstChunk;
    private transient boolean announced;

    @SuppressWarnings("NullAway.Init") // set by open
    private transient StagingMetrics measured;

    public StageRows(PostgresTarget target) {
        this(target, MAX_WAITING);
    }

    /** With another bound, on which nothing that is published depends. */
    public StageRows(PostgresTarget target, int maxWaiting) {
        this.target = target;
        this.maxWaiting = maxWaiting;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new HashMap<>();
        waitingRows = 0;
        measured = StagingMetrics.in(getMetricGroup());
        connection = target.connect("staging");
        firstChunk = nextChunk(connection);
        connection.commit();
        announced = false;
    }

    @Override
    public void processElement(StreamRecord<Row> record) throws Exception {
        Row row = record.getValue();
        Row overruled = waiting.put(RowKey.of(row), row);
        waitingRows += size(row) - (overruled == null ? 0 : size(overruled));
        if (waitingRows >= maxWaiting) {
            stage();
        }
    }

    private static int size(Row row) {
        int chars = 0;
        for (Object value : row.values()) {
            chars += value instanceof String text ? text.length() : 0;
        }
        return 1 + chars / CHARS_OF_A_ROW;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        stage();
        if (!announced) {
            emit(new StagedChunk(firstChunk, firstChunk, Map.of()));
        }
    }

    @Override
    public void endInput() throws Exception {
        stage();
    }

    private void stage() throws SQLException, IOException {
        Connection open = connection;
        if (waiting.isEmpty() || open == null) {
            return;
        }
        long chunk = nextChunk(open);
        Map<ServingTable, BinaryCopy> copies = new EnumMap<>(ServingTable.class);
        Map<ServingTable, StagedChunk.Counts> counts = new EnumMap<>(ServingTable.class);
        for (Row row : waiting.values()) {
            ServingTable table = row.table();
            BinaryCopy copy = copies.get(table);
            if (copy == null) {
                copy = new BinaryCopy(chunk, table.columns());
                copies.put(table, copy);
            }
            copy.add(row);
            counts.merge(
                    table,
                    row.isDeletion() ? new StagedChunk.Counts(0, 1) : new StagedChunk.Counts(1, 0),
                    StagedChunk.Counts::plus);
        }
        for (Map.Entry<ServingTable, BinaryCopy> entry : copies.entrySet()) {
            open.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            PublicationSql.copyToStaging(entry.getKey()),
                            entry.getValue().finish());
        }
        open.commit();
        measured.stagedRows().inc(waiting.size());
        waiting.clear();
        waitingRows = 0;
        emit(new StagedChunk(firstChunk, chunk, counts));
    }

    private void emit(StagedChunk chunk) {
        announced = true;
        output.collect(new StreamRecord<>(chunk));
    }

    private static long nextChunk(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(PublicationSql.NEXT_CHUNK)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws Exception {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        super.close();
    }
}
