package io.retally.core.serving;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table, whether it is a deletion, then the values by the table's column types, each behind a null flag. */
public final class RowCodec implements Codec<Row> {

    private static final ServingTable[] TABLES = ServingTable.values();

    @Override
    public void write(Row row, DataOutput out) throws IOException {
        out.writeByte(row.table().ordinal());
        out.writeBoolean(row.isDeletion());
        List<Column> columns = row.table().columns();
        for (int i = 0; i < row.values().length; i++) {
            Object value = row.values()[i];
            out.writeBoolean(value != null);
            if (value != null) {
                writeValue(columns.get(i).type(), value, out);
            }
        }
    }

    @Override
    public Row read(DataInput in) throws IOException {
        ServingTable table = TABLES[in.readUnsignedByte()];
        boolean deletion = in.readBoolean();
        List<Column> columns = table.columns();
        @Nullable Object[] values = new @Nullable Object[deletion ? table.keyColumns() : columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readBoolean() ? readValue(columns.get(i).type(), in) : null;
        }
        return new Row(table, values);
    }

    private static void writeValue(Column.Type type, Object value, DataOutput out) throws IOException {
        switch (type) {
            case TEXT -> Binary.writeText((String) value, out);
            case BIGINT, TIMESTAMP -> Binary.writeSigned((Long) value, out);
            case INTEGER, DATE -> Binary.writeSigned((Integer) value, out);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INTEGER_ARRAY -> {
                int[] numbers = (int[]) value;
                Binary.writeUnsigned(numbers.length, out);
                for (int number : numbers) {
                    Binary.writeSigned(number, out);
                }
            }
        }
    }

    private static Object readValue(Column.Type type, DataInput in) throws IOException {
        return switch (type) {
            case TEXT -> Binary.readText(in);
            case BIGINT, TIMESTAMP -> Binary.readSigned(in);
            case INTEGER, DATE -> (int) Binary.readSigned(in);
            case BOOLEAN -> in.readBoolean();
            case INTEGER_ARRAY -> {
                int[] numbers = new int[Binary.readLength(in)];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (int) Binary.readSigned(in);
                }
                yield numbers;
            }
        };
    }
}
