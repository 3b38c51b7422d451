package io.retally.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What managers read. That it is the definition's in every case is tested against PostgreSQL. */
class ReasonTest {
    private static final LessonStanding STANDING = new LessonStanding("c", "p", "l", "a", 4, 1, 6, 2, false, 0L);

    @Test
    void namesEachConditionWithTheFigureThatMeetsIt() {
        assertThat(Reason.of(new Condition(50, 20, 3, 5, 1, false, 7), STANDING))
                .isEqualTo("questions correct: 1 of 4 (below 50 %), questions correct: 1 of 4 (at least 20 %),"
                        + " answers given: 6 (at least 3), segments watched: 2 (below 5),"
                        + " segments watched: 2 (at least 1), lesson not completed,"
                        + " days since the lesson was opened: at least 7");
    }

    @Test
    void aRuleWithoutConditionsSaysSo() {
        assertThat(Reason.of(Condition.NONE, STANDING)).isEqualTo("every rep with a standing in the lesson");
    }
}
