package io.retally.devkit.forget;

import io.retally.devkit.stack.PostgresUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a contact in the tables that name contacts. */
final class PublishedRows {
    private PublishedRows() {}

    /** How many there are in each table of schemas serving and staging, whoever wrote them. */
    static Map<String, Long> of(PostgresUrl owner, String contactId) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = owner.connect()) {
            for (String table : tables(connection)) {
                try (PreparedStatement statement =
                        connection.prepareStatement("select count(*) from " + table + " where contact_id = ?")) {
                    statement.setString(1, contactId);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        rows.put(table, row.getLong(1));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select format('%I.%I', n.nspname, c.relname)
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        join pg_attribute a on a.attrelid = c.oid
                        where n.nspname in ('serving', 'staging') and c.relkind = 'r' and a.attname = 'contact_id'
                        order by 1""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
