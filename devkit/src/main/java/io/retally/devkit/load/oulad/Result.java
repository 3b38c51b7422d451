package io.retally.devkit.load.oulad;

import org.jspecify.annotations.Nullable;

/** A student's result in an assessment; {@code score} is null if none was given. */
record Result(
        Presentation presentation,
        int assessment,
        int student,
        int day,
        @Nullable Integer score) {

    private static final int RIGHT_FROM = 40;

    /** Whether the answer is right, or null if no score tells. */
    @Nullable
    Boolean correct() {
        return score == null ? null : (Boolean) (score >= RIGHT_FROM);
    }
}
