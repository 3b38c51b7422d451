package io.retally.bench.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Asks the tables, as a dashboard does. */
final class Served {
    private final Dialect dialect = Dialect.of("serving");

    /**
     * An answer, and what another engine needs to give the same.
     *
     * @param now which time it was by the database's clock, in UTC
     */
    record Told(Asking asking, String now, List<Answer.Kind> kinds, Answer answer) {}

    /** Asks and reads all rows; how many there were. */
    int read(Connection connection, Asking asking) throws SQLException {
        try (PreparedStatement statement = prepare(connection, asking);
                ResultSet rows = statement.executeQuery()) {
            return JdbcPeer.read(rows).size();
        }
    }

    /** Asks in a transaction, in which the clock stands still. */
    Told tell(Connection connection, Asking asking) throws SQLException {
        connection.setAutoCommit(false);
        try {
            String now;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')")) {
                row.next();
                now = row.getString(1);
            }
            try (PreparedStatement statement = prepare(connection, asking);
                    ResultSet rows = statement.executeQuery()) {
                List<Answer.Kind> kinds = Answer.kinds(rows.getMetaData());
                return new Told(asking, now, kinds, Answer.of(kinds, JdbcPeer.read(rows)));
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private PreparedStatement prepare(Connection connection, Asking asking) throws SQLException {
        Dialect.Prepared prepared = dialect.prepared(asking);
        PreparedStatement statement = connection.prepareStatement(prepared.sql());
        for (int place = 0; place < prepared.parameters().size(); place++) {
            statement.setString(place + 1, asking.value(prepared.parameters().get(place), "now()"));
        }
        return statement;
    }
}
