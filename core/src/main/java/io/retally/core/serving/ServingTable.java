package io.retally.core.serving;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The tables that dashboards read: columns in the order of the migrations, the primary key's first. The contract's SQL
 * gives their meaning. The order of the tables is part of the state format: append only.
 */
public enum ServingTable {
    REP_LESSON(3, """
            contact_id text, program_id text, lesson_id text, account_id text, team_id text,
            messages_sent bigint, messages_clicked bigint, opened_at timestamptz, completed_at timestamptz,
            segments_total integer, segments_watched bigint, watched integer[], questions_total integer,
            questions_answered bigint, questions_correct bigint, answers bigint, passed boolean"""),
    REP_PROGRAM(2, """
            contact_id text, program_id text, account_id text, team_id text, enrolled_at timestamptz,
            due_at timestamptz, lessons_required bigint, lessons_opened bigint, lessons_completed bigint,
            lessons_passed bigint, segments_watched bigint, questions_answered bigint, questions_correct bigint,
            answers bigint, messages_sent bigint, messages_clicked bigint, first_activity_at timestamptz,
            last_activity_at timestamptz, completed_at timestamptz"""),
    PROGRAM_SUMMARY(1, "program_id text, " + Totals.PROGRESS),
    TEAM_PROGRAM(2, "team_id text, program_id text, " + Totals.PROGRESS),
    PROGRAM_DUE(2, """
            program_id text, due_on date, account_id text, reps_enrolled bigint, reps_completed bigint"""),
    LESSON_FUNNEL(2, """
            program_id text, lesson_id text, account_id text, reps_messaged bigint, reps_clicked bigint,
            reps_opened bigint, reps_watched_any bigint, reps_watched_all bigint, reps_answered_all bigint,
            reps_completed bigint, reps_passed bigint"""),
    LESSON_SEGMENT(3, """
            program_id text, lesson_id text, segment integer, account_id text, viewers bigint, views bigint"""),
    QUESTION_STATS(3, """
            program_id text, lesson_id text, question_id text, account_id text, respondents bigint, answers bigint,
            correct_first bigint, correct_latest bigint"""),
    PROGRAM_DAY(2, "program_id text, day date, " + Totals.ACTIVITY),
    TEAM_DAY(3, "team_id text, program_id text, day date, " + Totals.ACTIVITY),
    ACCOUNT(1, "account_id text, name text, time_zone text"),
    TEAM(1, "team_id text, account_id text, name text, parent_team_id text"),
    CONTACT(1, "contact_id text, account_id text, team_id text, name text"),
    PROGRAM(1, "program_id text, account_id text, name text, kind text, pass_percent integer"),
    LESSON(2, """
            program_id text, lesson_id text, account_id text, ordinal integer, title text, video_seconds integer,
            required boolean, segments_total integer, questions_total integer""");

    private final int keyColumns;

    private final List<Column> columns;

    ServingTable(int keyColumns, String columns) {
        this.keyColumns = keyColumns;
        this.columns = Arrays.stream(columns.split(","))
                .map(String::strip)
                .map(column -> column.split("\\s+"))
                .map(nameAndType -> new Column(nameAndType[0], Column.Type.ofSqlName(nameAndType[1])))
                .toList();
    }

    /** The table's name in schema {@code serving}, and in schema {@code staging}. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All columns, the primary key's first. */
    public List<Column> columns() {
        return columns;
    }

    /** The number of columns of the primary key. */
    public int keyColumns() {
        return keyColumns;
    }

    /** Column lists that several tables share. */
    private static final class Totals {
        static final String PROGRESS = """
                account_id text, reps_enrolled bigint, reps_started bigint, reps_completed bigint,
                lessons_opened bigint, lessons_completed bigint, lessons_passed bigint, segments_watched bigint,
                questions_answered bigint, questions_correct bigint, answers bigint, messages_sent bigint,
                messages_clicked bigint""";
        static final String ACTIVITY = """
                account_id text, active_reps bigint, messages_sent bigint, messages_clicked bigint,
                lessons_opened bigint, segments_watched bigint, answers bigint, lessons_completed bigint""";
    }
}
