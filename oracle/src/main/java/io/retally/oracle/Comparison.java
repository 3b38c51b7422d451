package io.retally.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The contract's tables beside the published ones, row by row. */
public record Comparison(List<TableComparison> tables) {
    public Comparison {
        tables = List.copyOf(tables);
    }

    /** Whether every row of every table is equal. */
    public boolean isEqual() {
        return tables.stream().allMatch(TableComparison::isEqual);
    }

    /** Compares schema {@code contract} with schema {@code published} of one scratch database. */
    public static Comparison compare(Connection scratch, Progress progress) throws SQLException {
        List<String> names = ContractSql.servedTables();
        List<TableComparison> tables = new ArrayList<>();
        for (String name : names) {
            progress.beginning("compare " + name, tables.size(), names.size());
            tables.add(TableComparison.compare(scratch, name));
        }
        return new Comparison(tables);
    }

    /** One line for each table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tables.forEach(table -> text.append(table).append('\n'));
        return text.toString();
    }
}
