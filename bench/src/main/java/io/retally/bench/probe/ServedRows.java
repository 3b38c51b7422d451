package io.retally.bench.probe;

import io.retally.core.document.Collection;
import io.retally.oracle.ContractSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks for a subject's rows in every table of the contract, in one statement: of each table a digest, the number of rows and
 * the sum of their hashes. Rows with the same columns in the same order have the same digest, whatever schema they are in. A
 * session's time zone must be UTC, as texts of times are hashed.
 */
final class ServedRows {
    private final String query;
    /** Whose ids each table is asked by, in the query's order. */
    private final List<Collection> asked = new ArrayList<>();

    /** @param schema with the contract's tables */
    ServedRows(Connection connection, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (String table : ContractSql.servedTables()) {
            // Each table is keyed by its first column: that is quick to ask by.
            String first = firstColumn(connection, schema, table);
            asked.add(collectionOf(first));
            tables.add("select '" + table
                    + "', count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from " + schema + "."
                    + table + " t where " + first + " = any (?)");
        }
        query = String.join(" union all ", tables);
    }

    private static String firstColumn(Connection connection, String schema, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + schema + "." + table + " limit 0")) {
            return none.getMetaData().getColumnName(1);
        }
    }

    private static Collection collectionOf(String column) {
        return switch (column) {
            case "account_id" -> Collection.ACCOUNTS;
            case "team_id" -> Collection.TEAMS;
            case "contact_id" -> Collection.CONTACTS;
            case "program_id" -> Collection.PROGRAMS;
            default -> throw new IllegalStateException("no table of the contract is keyed by " + column);
        };
    }

    /** The digests by table, all from one snapshot. */
    Map<String, String> digests(Connection connection, Subject subject) throws SQLException {
        Map<Collection, Array> ids = new TreeMap<>();
        for (Collection collection : asked) {
            if (!ids.containsKey(collection)) {
                ids.put(
                        collection,
                        connection.createArrayOf("text", subject.ids(collection).toArray()));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < asked.size(); i++) {
                statement.setArray(i + 1, ids.get(asked.get(i)));
            }
            Map<String, String> digests = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    digests.put(rows.getString(1), rows.getString(2));
                }
            }
            return digests;
        }
    }
}
