package io.retally.bench.sql;

import io.retally.core.serving.Column;
import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** From SQL's rows of a serving table to the job's. */
record ServingRows(ServingTable table) implements MapFunction<RowData, Row> {
    private static final int[] NONE = {};

    static Schema schema(ServingTable table) {
        List<Column> columns = table.columns();
        Schema.Builder schema = Schema.newBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String type = sqlType(columns.get(i).type());
            schema.column(columns.get(i).name(), i < table.keyColumns() ? type + " NOT NULL" : type);
        }
        return schema.primaryKey(columns.stream()
                        .limit(table.keyColumns())
                        .map(Column::name)
                        .toList())
                .build();
    }

    private static String sqlType(Column.Type type) {
        return switch (type) {
            case TEXT -> "STRING";
            case BIGINT, TIMESTAMP -> "BIGINT";
            case INTEGER -> "INT";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case INTEGER_ARRAY -> "ARRAY<INT>";
        };
    }

    @Override
    public Row map(RowData row) {
        // Where SQL retracts before it adds, what it adds to the same epoch overrules the deletion.
        boolean gone = row.getRowKind() == RowKind.DELETE || row.getRowKind() == RowKind.UPDATE_BEFORE;
        @Nullable
        Object[] values = new Object[gone ? table.keyColumns() : table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i, table.columns().get(i).type());
        }
        return new Row(table, values);
    }

    private static @Nullable Object value(RowData row, int column, Column.Type type) {
        if (row.isNullAt(column)) {
            // SQL's aggregate of no values is null; the contract's is an empty array.
            return type == Column.Type.INTEGER_ARRAY ? NONE : null;
        }
        return switch (type) {
            case TEXT -> row.getString(column).toString();
            case BIGINT, TIMESTAMP -> row.getLong(column);
            case INTEGER, DATE -> row.getInt(column);
            case BOOLEAN -> row.getBoolean(column);
            case INTEGER_ARRAY -> row.getArray(column).toIntArray();
        };
    }
}
