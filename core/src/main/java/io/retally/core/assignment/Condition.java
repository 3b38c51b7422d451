package io.retally.core.assignment;

import org.jspecify.annotations.Nullable;

/**
 * What must hold of a rep's standing in a lesson for a rule to decide; null asks for nothing.
 *
 * @param correctPercentBelow of the questions answered, fewer than so many hundredths have a correct latest answer; does not hold
 *     before one is answered
 * @param correctPercentAtLeast at least so many have; neither
 * @param answersAtLeast answers given
 * @param segmentsBelow segments watched
 * @param segmentsAtLeast segments watched
 * @param completed whether the lesson is completed
 * @param openedDaysAtLeast whole days of 24 hours since it was first opened
 */
public record Condition(
        @Nullable Integer correctPercentBelow,
        @Nullable Integer correctPercentAtLeast,
        @Nullable Integer answersAtLeast,
        @Nullable Integer segmentsBelow,
        @Nullable Integer segmentsAtLeast,
        @Nullable Boolean completed,
        @Nullable Integer openedDaysAtLeast) {

    /** Days beyond this would leave the range of times. */
    public static final int MOST_DAYS = 36_500;

    private static final long MILLIS_A_DAY = 86_400_000L;

    public static final Condition NONE = new Condition(null, null, null, null, null, null, null);

    /** Since when all of it holds, or will hold if nothing happens, in milliseconds since 1970 UTC. Null: it does not. */
    @Nullable
    Long holdsFrom(LessonStanding standing) {
        if (!holdsButForDays(standing)) {
            return null;
        }
        if (openedDaysAtLeast == null) {
            return Long.MIN_VALUE;
        }
        return standing.openedAt() == null ? null : (Long) (standing.openedAt() + openedDaysAtLeast * MILLIS_A_DAY);
    }

    private boolean holdsButForDays(LessonStanding standing) {
        long correct = standing.questionsCorrect() * 100;
        long answered = standing.questionsAnswered();
        return (correctPercentBelow == null || answered > 0 && correct < correctPercentBelow * answered)
                && (correctPercentAtLeast == null || answered > 0 && correct >= correctPercentAtLeast * answered)
                && (answersAtLeast == null || standing.answers() >= answersAtLeast)
                && (segmentsBelow == null || standing.segmentsWatched() < segmentsBelow)
                && (segmentsAtLeast == null || standing.segmentsWatched() >= segmentsAtLeast)
                && (completed == null || completed == standing.completed());
    }
}
