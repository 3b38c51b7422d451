package io.retally.oracle;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code source.*}. {@code values} are in the order of the table's columns: {@link String}, {@link Integer},
 * {@link Boolean}, {@link Instant}, a list of strings, or null.
 */
public record SourceRow(SourceTable table, List<@Nullable Object> values) {
    public SourceRow {
        if (values.size() != table.columns().size()) {
            throw new IllegalArgumentException(
                    "source." + table.tableName() + " has columns " + table.columns() + ", the row " + values);
        }
    }

    static SourceRow of(SourceTable table, @Nullable Object... values) {
        return new SourceRow(table, Collections.unmodifiableList(Arrays.asList(values)));
    }
}
