package io.retally.core.total;

import io.retally.core.serving.Column;
import io.retally.core.serving.ServingTable;
import java.util.List;

/**
 * The upsert key of a row of totals, as one string that a shuffle can hash: a character for the table, then the values
 * of its primary key, separated by U+0000, which no served id holds.
 */
public final class TotalKey {

    private static final char SEPARATOR = '\u0000';
    private static final char FIRST_TABLE = 'A';
    private static final ServingTable[] TABLES = ServingTable.values();

    private TotalKey() {}

    public static String of(ServingTable table, Object first) {
        return (char) (FIRST_TABLE + table.ordinal()) + first.toString();
    }

    public static String of(ServingTable table, Object first, Object second) {
        return (char) (FIRST_TABLE + table.ordinal()) + first.toString() + SEPARATOR + second;
    }

    public static String of(ServingTable table, Object first, Object second, Object third) {
        return (char) (FIRST_TABLE + table.ordinal()) + first.toString() + SEPARATOR + second + SEPARATOR + third;
    }

    static ServingTable table(String key) {
        return TABLES[key.charAt(0) - FIRST_TABLE];
    }

    /** The values of the primary key, by the types of its columns. */
    static Object[] values(String key) {
        ServingTable table = table(key);
        List<Column> columns = table.columns();
        Object[] values = new Object[table.keyColumns()];
        int from = 1;
        for (int i = 0; i < values.length; i++) {
            int to = i == values.length - 1 ? key.length() : key.indexOf(SEPARATOR, from);
            String text = key.substring(from, to);
            values[i] = switch (columns.get(i).type()) {
                case TEXT -> text;
                case INTEGER, DATE -> Integer.valueOf(text);
                default -> throw new IllegalStateException("no key column is of type " + columns.get(i));
            };
            from = to + 1;
        }
        return values;
    }
}
