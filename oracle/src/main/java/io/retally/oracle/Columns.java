package io.retally.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a table or view, in order, with their types. */
final class Columns {
    private Columns() {}

    /** Empty if there is no such table. */
    static Map<String, String> of(Connection connection, String schema, String table) throws SQLException {
        String question = "select a.attname, format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a"
                + " join pg_catalog.pg_class c on c.oid = a.attrelid"
                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped order by a.attnum";
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            Map<String, String> columns = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), row.getString(2));
                }
            }
            return columns;
        }
    }
}
