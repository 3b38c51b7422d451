package io.retally.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One table's comparison, by key.
 *
 * @param expected rows of {@code contract.T}
 * @param published rows of {@code serving.T}
 * @param missing keys that only {@code contract.T} has
 * @param unexpected keys that only {@code serving.T} has
 * @param different keys whose other columns differ
 * @param firstDifference of the least key: which, and in which columns
 */
public record TableComparison(
        String table,
        long expected,
        long published,
        long missing,
        long unexpected,
        long different,
        Optional<String> firstDifference) {

    /** Whether every row is equal. */
    public boolean isEqual() {
        return missing == 0 && unexpected == 0 && different == 0 && expected == published;
    }

    static TableComparison compare(Connection scratch, String table) throws SQLException {
        List<String> columns =
                List.copyOf(Columns.of(scratch, "contract", table).keySet());
        List<String> published =
                List.copyOf(Columns.of(scratch, "published", table).keySet());
        if (!columns.equals(published)) {
            throw new SQLException("serving." + table + " has columns " + published + ", the contract has " + columns
                    + "; the database and this build are of different versions");
        }
        List<String> key = key(columns);
        String joined = " from contract." + table + " e full join published." + table + " p on "
                + key.stream().map(c -> "e." + c + " = p." + c).collect(Collectors.joining(" and "));
        String first = key.get(0);
        String differs = "(" + row("e", columns) + ") is distinct from (" + row("p", columns) + ")";
        String both = "e." + first + " is not null and p." + first + " is not null";
        try (Statement statement = scratch.createStatement();
                ResultSet counts = statement.executeQuery("select count(e." + first + "), count(p." + first
                        + "), count(*) filter (where p." + first + " is null), count(*) filter (where e." + first
                        + " is null), count(*) filter (where " + both + " and " + differs + ")" + joined)) {
            counts.next();
            long missing = counts.getLong(3);
            long unexpected = counts.getLong(4);
            long different = counts.getLong(5);
            Optional<String> example = missing + unexpected + different == 0
                    ? Optional.empty()
                    : Optional.of(example(
                            scratch,
                            columns,
                            key,
                            joined + " where " + differs + " order by " + order(key) + " limit 1"));
            return new TableComparison(
                    table, counts.getLong(1), counts.getLong(2), missing, unexpected, different, example);
        }
    }

    /** The contract's rule: the columns before {@code account_id}; in table account, that one itself. */
    static List<String> key(List<String> columns) {
        return columns.subList(0, Math.max(1, columns.indexOf("account_id")));
    }

    private static String row(String side, List<String> columns) {
        return columns.stream().map(c -> side + "." + c).collect(Collectors.joining(", "));
    }

    private static String order(List<String> key) {
        return key.stream().map(c -> "coalesce(e." + c + ", p." + c + ")").collect(Collectors.joining(", "));
    }

    private static String example(Connection scratch, List<String> columns, List<String> key, String differing)
            throws SQLException {
        try (Statement statement = scratch.createStatement();
                ResultSet row =
                        statement.executeQuery("select " + row("e", columns) + ", " + row("p", columns) + differing)) {
            row.next();
            boolean missing = row.getString(columns.size() + 1) == null;
            boolean unexpected = row.getString(1) == null;
            List<String> keyText = new ArrayList<>();
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String expected = row.getString(i + 1);
                String published = row.getString(columns.size() + i + 1);
                String column = columns.get(i);
                if (i < key.size()) {
                    keyText.add(column + " " + (unexpected ? published : expected));
                } else if (missing || unexpected) {
                    rest.add(column + " " + (unexpected ? published : expected));
                } else if (!Objects.equals(expected, published)) {
                    rest.add(column + " is " + published + ", expected " + expected);
                }
            }
            String kind = missing ? "missing (" : unexpected ? "unexpected (" : "different (";
            return kind + String.join(", ", keyText) + "): " + String.join(", ", rest);
        }
    }

    @Override
    public String toString() {
        String counts = table + ": " + published + " rows";
        return isEqual()
                ? counts + ", equal"
                : counts + ", expected " + expected + ": " + missing + " missing, " + unexpected + " unexpected, "
                        + different + " different; first: " + firstDifference.orElse("");
    }
}
