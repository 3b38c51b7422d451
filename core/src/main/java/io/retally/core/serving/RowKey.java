package io.retally.core.serving;

import java.util.Arrays;
import java.util.List;

/** Which row: the table and the values of its primary key. */
public record RowKey(ServingTable table, List<Object> values) {

    public static RowKey of(Row row) {
        return new RowKey(
                row.table(), List.of(Arrays.copyOf(row.values(), row.table().keyColumns(), Object[].class)));
    }
}
