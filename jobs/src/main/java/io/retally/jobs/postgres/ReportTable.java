package io.retally.jobs.postgres;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * The table of schema {@code reporting} that a report's result is kept in.
 *
 * @param key names of the primary key's columns, at least one
 * @param comment what a row is; may be null, as a column's
 */
public record ReportTable(
        String name,
        List<Column> columns,
        List<String> key,
        @Nullable String comment) implements Serializable {

    /**
     * A column of the table.
     *
     * @param type PostgreSQL's, such as {@code bigint}
     */
    public record Column(
            String name,
            String type,
            boolean notNull,
            @Nullable String comment) implements Serializable {}

    public ReportTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** Of a row, the values of the key. */
    List<@Nullable String> keyOf(ReportChange row) {
        return columns.stream()
                .map(Column::name)
                .filter(key::contains)
                .<@Nullable String>map(column -> row.values().get(indexOf(column)))
                .collect(Collectors.toList());
    }

    private int indexOf(String column) {
        return columns.stream().map(Column::name).toList().indexOf(column);
    }

    /** Two rows of a result have one key, which no change of data mends. */
    SuppressRestartsException notUnique(String report, String row) {
        return new SuppressRestartsException(
                new IllegalStateException(
                        "report " + report
                                + " has two rows of one primary key (" + String.join(", ", key) + "): " + row
                                + ": make its PRIMARY KEY the columns that tell the rows of the query apart, such as those of GROUP BY"));
    }

    /** What the table is like in PostgreSQL: a line for each column in their order, key last. */
    String shape() {
        return columns.stream()
                        .map(column -> column.name() + " " + column.type() + (column.notNull() ? " not null" : ""))
                        .collect(Collectors.joining("\n"))
                + "\nkey "
                + columns.stream().map(Column::name).filter(key::contains).collect(Collectors.joining(", "));
    }
}
