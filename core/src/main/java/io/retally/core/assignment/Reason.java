package io.retally.core.assignment;

import java.util.ArrayList;
import java.util.List;

/** Why a rule decides, for people: each of its conditions with the figure that meets it, as the definition puts it together. */
final class Reason {

    /** Of a rule without conditions. */
    private static final String NO_CONDITION = "every rep with a standing in the lesson";

    private Reason() {}

    static String of(Condition when, LessonStanding standing) {
        List<String> parts = new ArrayList<>();
        String correct = "questions correct: " + standing.questionsCorrect() + " of " + standing.questionsAnswered();
        if (when.correctPercentBelow() != null) {
            parts.add(correct + " (below " + when.correctPercentBelow() + " %)");
        }
        if (when.correctPercentAtLeast() != null) {
            parts.add(correct + " (at least " + when.correctPercentAtLeast() + " %)");
        }
        if (when.answersAtLeast() != null) {
            parts.add("answers given: " + standing.answers() + " (at least " + when.answersAtLeast() + ")");
        }
        String watched = "segments watched: " + standing.segmentsWatched();
        if (when.segmentsBelow() != null) {
            parts.add(watched + " (below " + when.segmentsBelow() + ")");
        }
        if (when.segmentsAtLeast() != null) {
            parts.add(watched + " (at least " + when.segmentsAtLeast() + ")");
        }
        if (when.completed() != null) {
            parts.add(when.completed() ? "lesson completed" : "lesson not completed");
        }
        if (when.openedDaysAtLeast() != null) {
            parts.add("days since the lesson was opened: at least " + when.openedDaysAtLeast());
        }
        return parts.isEmpty() ? NO_CONDITION : String.join(", ", parts);
    }
}
