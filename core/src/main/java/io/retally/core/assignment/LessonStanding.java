package io.retally.core.assignment;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a rep stands in a lesson, as far as rules ask for it: a row of {@code rep_lesson}.
 *
 * @param questionsCorrect of {@code questionsAnswered}, those whose latest answer is correct
 * @param answers all answers given
 * @param segmentsWatched different segments of the video
 * @param openedAt when the lesson was first opened, in milliseconds since 1970 UTC; null if never
 */
public record LessonStanding(
        String contactId,
        String programId,
        String lessonId,
        String accountId,
        long questionsAnswered,
        long questionsCorrect,
        long answers,
        long segmentsWatched,
        boolean completed,
        @Nullable Long openedAt) {

    private static final List<String> COLUMNS = ServingTable.REP_LESSON.columns().stream()
            .map(column -> column.name())
            .toList();

    /**
     * Reads a row of {@code rep_lesson}.
     *
     * @throws IllegalArgumentException if it is of another table, or a deletion
     */
    public static LessonStanding of(Row row) {
        if (row.table() != ServingTable.REP_LESSON || row.isDeletion()) {
            throw new IllegalArgumentException("no row of rep_lesson: " + row);
        }
        return new LessonStanding(
                (String) required(row, "contact_id"),
                (String) required(row, "program_id"),
                (String) required(row, "lesson_id"),
                (String) required(row, "account_id"),
                (Long) required(row, "questions_answered"),
                (Long) required(row, "questions_correct"),
                (Long) required(row, "answers"),
                (Long) required(row, "segments_watched"),
                value(row, "completed_at") != null,
                (Long) value(row, "opened_at"));
    }

    private static Object required(Row row, String column) {
        return Objects.requireNonNull(value(row, column), column);
    }

    private static @Nullable Object value(Row row, String column) {
        return row.values()[COLUMNS.indexOf(column)];
    }
}
