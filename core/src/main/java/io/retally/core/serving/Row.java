package io.retally.core.serving;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The current content of one row of a serving table, or its absence.
 *
 * @param values the values of all columns, as {@link Column.Type} says; of a deleted row those of the primary key alone
 */
public record Row(ServingTable table, @Nullable Object[] values) {

    public static Row of(ServingTable table, @Nullable Object... values) {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(
                    "%s has %d columns, not %d".formatted(table, table.columns().size(), values.length));
        }
        return new Row(table, values);
    }

    /** The absence of the row with this primary key. */
    public static Row deleted(ServingTable table, Object... key) {
        if (key.length != table.keyColumns()) {
            throw new IllegalArgumentException(
                    "%s has %d key columns, not %d".formatted(table, table.keyColumns(), key.length));
        }
        return new Row(table, key);
    }

    /** The absence of this row. */
    public Row deletion() {
        return isDeletion() ? this : new Row(table, Arrays.copyOf(values, table.keyColumns()));
    }

    public boolean isDeletion() {
        return values.length == table.keyColumns();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && table == that.table && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * table.hashCode() + Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return (isDeletion() ? "-" : "+") + table.tableName() + Arrays.deepToString(values);
    }
}
