package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a rule of assignments unusable. */
class AssignmentRulesTest {
    private static final String RULE = "{\"_id\": 1, \"accountId\": \"a\", \"programId\": \"p\", \"lessonId\": \"l\","
            + " \"priority\": 2.0, \"action\": \"add\", \"targetLessonId\": \"t\","
            + " \"when\": {\"correctPercentBelow\": 60, \"completed\": false, \"openedDaysAtLeast\": 36500}, \"note\": 5}";

    @Test
    void columnsAreInTheirOrder() throws RuleBroken {
        assertThat(AssignmentRules.row(BsonDocument.parse(RULE)))
                .isEqualTo(Arrays.asList("1", "a", "p", "l", 2, "add", "t", 60, null, null, null, null, false, 36_500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'_id': 1 | '_id': null | missing_field",
                "'accountId' | 'x' | missing_field",
                "'programId': 'p' | 'programId': [] | wrong_type",
                "'lessonId': 'l' | 'lessonId': null | ok",
                "'priority': 2.0 | 'priority': 2.5 | out_of_range",
                "'action': 'add' | 'action': 'Add' | unknown_action",
                "'action': 'add' | 'action': 'repeat' | unexpected_field",
                "'targetLessonId': 't' | 'targetLessonId': null | missing_field",
                "'when' | 'x' | missing_field",
                "'when': { | 'when': [], 'x': { | wrong_type",
                "'correctPercentBelow': 60 | 'correctPercentBelow': 101 | out_of_range",
                "'correctPercentBelow' | 'correctPercentBellow' | unexpected_field",
                "'completed': false | 'completed': 0 | wrong_type",
                "'openedDaysAtLeast': 36500 | 'openedDaysAtLeast': 36501 | out_of_range",
            })
    void whatMakesARuleUnusable(String part, String replacement, String outcome) {
        String rule = RULE.replace(part.replace('\'', '"'), replacement.replace('\'', '"'));
        assertThat(rule).isNotEqualTo(RULE);
        assertThat(outcome(rule)).isEqualTo(outcome);
    }

    private static String outcome(String rule) {
        try {
            AssignmentRules.row(BsonDocument.parse(rule));
            return "ok";
        } catch (RuleBroken broken) {
            return broken.verdict().reason().name().toLowerCase(Locale.ROOT);
        }
    }
}
