package io.retally.devkit.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one repeatable-read snapshot of the published tables has shown.
 *
 * @param epoch empty before the first publication
 * @param program the one that was looked at; null: all
 * @param took all of its queries
 */
public record Snapshot(OptionalLong epoch, @Nullable String program, List<Violation> violations, Duration took) {
    /** Comparisons of two reports in each snapshot. */
    public static final int RELATIONS = Relations.ALL.size();

    /** A larger rep_lesson takes seconds to add up; then a round is about one program, drawn at random. */
    static final long WHOLE_UP_TO_BYTES = 64L << 20;

    public Snapshot {
        violations = List.copyOf(violations);
    }

    /** Prepares a connection that only takes snapshots: no autocommit, repeatable read, read only. */
    public static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set jit = off"); // compiling would take longer than the queries
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    /** Asks all questions in one transaction of a prepared connection. */
    public static Snapshot take(Connection connection) throws SQLException {
        return take(connection, WHOLE_UP_TO_BYTES);
    }

    static Snapshot take(Connection connection, long wholeUpToBytes) throws SQLException {
        long begin = System.nanoTime();
        OptionalLong epoch = epoch(connection);
        String program = repLessonBytes(connection) > wholeUpToBytes ? anyProgram(connection) : null;
        List<Violation> violations = new ArrayList<>();
        for (Relation relation : Relations.ALL) {
            check(relation, connection, program, violations);
        }
        connection.rollback();
        return new Snapshot(epoch, program, violations, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static void check(
            Relation relation, Connection connection, @Nullable String program, List<Violation> violations)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(relation.violations(program != null))) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, program);
            }
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    violations.add(Violation.of(relation, row));
                }
            }
        }
    }

    private static OptionalLong epoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select epoch from serving.epoch")) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private static long repLessonBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_relation_size('serving.rep_lesson')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Also one that only some report knows. */
    private static @Nullable String anyProgram(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select program_id from (select program_id from serving.program
                        union select program_id from serving.program_summary
                        union select program_id from serving.lesson_funnel) p order by random() limit 1""")) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
