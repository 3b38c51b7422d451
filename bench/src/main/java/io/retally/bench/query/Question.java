package io.retally.bench.query;

import java.util.List;
import java.util.Locale;

/** What a manager asks: a page of a dashboard, or a part of one. */
enum Question {
    OVERVIEW("program overview: the account's programs"),
    REPS("rep table: 100 of about 7,000, sorted by any column"),
    REP_LESSONS("one rep's lessons"),
    FUNNEL("funnel: a program's lessons"),
    RETENTION("retention curve of a lesson's video"),
    QUESTIONS("question table of a program"),
    TEAMS("team league: the first 100 teams"),
    OVERDUE("overdue list: the first 50"),
    STUCK("where a team is stuck: a JOIN over four tables");

    /** What {@link #REPS} can be sorted by. */
    static final List<String> COLUMNS = List.of(
            "contact_name",
            "team_name",
            "status",
            "due_at",
            "lessons_opened",
            "lessons_completed",
            "lessons_passed",
            "segments_watched",
            "questions_answered",
            "questions_correct",
            "answers",
            "messages_clicked",
            "last_activity_at",
            "completed_at");

    private final String description;

    Question(String description) {
        this.description = description;
    }

    /** Its name in the JSON, and of its files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
