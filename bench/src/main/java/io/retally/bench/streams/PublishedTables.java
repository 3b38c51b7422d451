package io.retally.bench.streams;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows of PostgreSQL's tables as the peer writes them. */
public final class PublishedTables {
    /** Those that the peer answers for. */
    public static final List<String> NAMES = List.of(Outcome.REP_LESSON, Outcome.REP_PROGRAM, Outcome.PROGRAM_SUMMARY);

    private PublishedTables() {}

    /**
     * All rows, sorted.
     *
     * @param schema of tables with the columns of the contract
     * @param table one of {@link #NAMES}
     */
    public static List<String> rows(Connection connection, String schema, String table) throws SQLException {
        String query = "select " + columns(table) + " from " + schema + "." + table;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                Object[] columns = new Object[result.getMetaData().getColumnCount()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = result.getString(i + 1);
                }
                rows.add(Membership.row(columns));
            }
            rows.sort(null);
            return rows;
        }
    }

    private static String columns(String table) {
        return switch (table) {
            case Outcome.REP_LESSON -> """
                    contact_id, program_id, lesson_id, account_id, team_id, messages_sent, messages_clicked,
                    %s, %s, segments_total, segments_watched, watched, questions_total, questions_answered,
                    questions_correct, answers, passed::text""".formatted(millis("opened_at"), millis("completed_at"));
            case Outcome.REP_PROGRAM ->
                """
                    contact_id, program_id, account_id, team_id, %s, %s, lessons_required, lessons_opened,
                    lessons_completed, lessons_passed, segments_watched, questions_answered, questions_correct,
                    answers, messages_sent, messages_clicked, %s, %s, %s""".formatted(
                                millis("enrolled_at"),
                                millis("due_at"),
                                millis("first_activity_at"),
                                millis("last_activity_at"),
                                millis("completed_at"));
            case Outcome.PROGRAM_SUMMARY -> """
                    program_id, account_id, reps_enrolled, reps_started, reps_completed, lessons_opened,
                    lessons_completed, lessons_passed, segments_watched, questions_answered, questions_correct,
                    answers, messages_sent, messages_clicked""";
            default -> throw new IllegalArgumentException("the peer has no table " + table);
        };
    }

    private static String millis(String column) {
        return "(extract(epoch from " + column + ") * 1000)::bigint";
    }
}
