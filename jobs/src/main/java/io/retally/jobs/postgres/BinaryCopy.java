package io.retally.jobs.postgres;

import io.retally.core.serving.Column;
import io.retally.core.serving.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows of one staging table in PostgreSQL's binary COPY format (PostgreSQL manual, COPY, 'Binary Format'): chunk,
 * deleted, then the columns; those that a deletion does not carry are null.
 */
public final class BinaryCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int INT4_OID = 23;
    /** PostgreSQL counts from 2000-01-01. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final int EPOCH_DAYS = 10_957;

    private final long chunk;
    private final List<Column> columns;
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 16);

    /** Begins without any row. */
    public BinaryCopy(long chunk, List<Column> columns) throws IOException {
        this.chunk = chunk;
        this.columns = columns;
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    /** Adds a row of the table whose columns these are. */
    public void add(Row row) throws IOException {
        out.writeShort(columns.size() + 2);
        out.writeInt(Long.BYTES);
        out.writeLong(chunk);
        out.writeInt(1);
        out.writeBoolean(row.isDeletion());
        for (int i = 0; i < columns.size(); i++) {
            Object value = i < row.values().length ? row.values()[i] : null;
            if (value == null) {
                out.writeInt(NULL);
            } else {
                write(columns.get(i).type(), value);
            }
        }
    }

    private void write(Column.Type type, Object value) throws IOException {
        switch (type) {
            case TEXT -> {
                byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            case BIGINT -> {
                out.writeInt(Long.BYTES);
                out.writeLong((Long) value);
            }
            case INTEGER -> {
                out.writeInt(Integer.BYTES);
                out.writeInt((Integer) value);
            }
            case BOOLEAN -> {
                out.writeInt(1);
                out.writeBoolean((Boolean) value);
            }
            case TIMESTAMP -> {
                out.writeInt(Long.BYTES);
                out.writeLong(Math.subtractExact(Math.multiplyExact((Long) value, 1000L), EPOCH_MICROS));
            }
            case DATE -> {
                out.writeInt(Integer.BYTES);
                out.writeInt(Math.subtractExact((Integer) value, EPOCH_DAYS));
            }
            case INTEGER_ARRAY -> writeArray((int[]) value);
        }
    }

    /** Dimensions, whether there are nulls, element type; for the one dimension size and lower bound; the elements. */
    private void writeArray(int[] numbers) throws IOException {
        boolean empty = numbers.length == 0;
        out.writeInt(3 * Integer.BYTES + (empty ? 0 : 2 * Integer.BYTES + 2 * Integer.BYTES * numbers.length));
        out.writeInt(empty ? 0 : 1);
        out.writeInt(0);
        out.writeInt(INT4_OID);
        if (!empty) {
            out.writeInt(numbers.length);
            out.writeInt(1);
            for (int number : numbers) {
                out.writeInt(Integer.BYTES);
                out.writeInt(number);
            }
        }
    }

    /** Ends the rows. Nothing can be added after it. */
    public InputStream finish() throws IOException {
        out.writeShort(-1);
        return new ByteArrayInputStream(out.getSharedBuffer(), 0, out.length());
    }
}
