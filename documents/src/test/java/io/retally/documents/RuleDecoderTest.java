package io.retally.documents;

import static io.retally.documents.Messages.bytes;
import static io.retally.documents.Messages.key;
import static io.retally.documents.Messages.value;
import static io.retally.documents.Messages.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.assignment.Action;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages say of rules, and what makes a rule unusable. */
class RuleDecoderTest {
    private static final String RULE = "{\"_id\": 1, \"accountId\": \"a\", \"programId\": {\"$oid\": \"" + Messages.OID
            + "\"}, \"lessonId\": \"l\", \"priority\": -3, \"action\": \"add\", \"targetLessonId\": \"t\", \"when\": "
            + "{\"correctPercentBelow\": 60, \"correctPercentAtLeast\": {\"$numberLong\": \"5\"}, \"answersAtLeast\": 2.0, "
            + "\"segmentsBelow\": 9, \"segmentsAtLeast\": 0, \"completed\": false, \"openedDaysAtLeast\": 36500}, \"note\": [{}]}";

    private final RuleDecoder decoder = new RuleDecoder();

    private Decoded decode(@Nullable String key, @Nullable String value) {
        return decoder.decode(key == null ? null : bytes(key), value == null ? null : bytes(value));
    }

    private Decoded.RuleChange inserted(String rule) {
        return (Decoded.RuleChange) decode(key("1"), value("c", rule));
    }

    @Test
    void everyFieldHasItsPlace() {
        assertThat(inserted(RULE))
                .isEqualTo(new Decoded.RuleChange(
                        "1",
                        new AssignmentRule(
                                "1",
                                "a",
                                Messages.OID,
                                "l",
                                -3,
                                Action.ADD,
                                "t",
                                new Condition(60, 5, 2, 9, 0, false, 36_500)),
                        null));
    }

    @Test
    void whatIsOptionalMayBeLeftOut() {
        assertThat(inserted("{\"_id\": 1, \"accountId\": \"a\", \"programId\": \"p\", \"priority\": 0,"
                                + " \"action\": \"repeat\", \"when\": {}}")
                        .rule())
                .isEqualTo(new AssignmentRule("1", "a", "p", null, 0, Action.REPEAT, null, Condition.NONE));
    }

    @Test
    void messagesAreReadAsThoseAboutDocuments() {
        assertThat(decode(key("1"), wrapped(value("u", RULE)))).isEqualTo(inserted(RULE));
        Decoded gone = new Decoded.RuleChange("1", null, null);
        assertThat(decode(key("1"), value("d", "null"))).isEqualTo(gone);
        assertThat(decode(key("1"), value("u", "null"))).isEqualTo(gone);
        assertThat(decode(key("1"), null)).isEqualTo(Decoded.NOTHING);
        assertThat(outcome(decode(key("1"), ""))).isEqualTo("no change: empty_value");
        assertThat(outcome(decode(key("1"), "{"))).isEqualTo("no change: not_json");
        assertThat(outcome(decode(key("1"), value("x", RULE)))).isEqualTo("no change: unknown_op");
        assertThat(outcome(decode(null, value("c", RULE)))).isEqualTo("no change: unreadable_key");
        assertThat(outcome(decode(key("1"), value("c", "null")))).isEqualTo("no_document");
        assertThat(outcome(decode(key("1"), value("c", "[]")))).isEqualTo("wrong_type");
        assertThat(outcome(decode(key("1"), value("c", "{")))).isEqualTo("document_not_json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'_id': 1 | '_id': null | missing_field",
                "'accountId' | 'x' | missing_field",
                "'programId' | 'x' | missing_field",
                "'priority' | 'x' | missing_field",
                "'action' | 'x' | missing_field",
                "'when' | 'x' | missing_field",
                "'targetLessonId' | 'x' | missing_field",
                "'targetLessonId': 't' | 'targetLessonId': null | missing_field",
                "'action': 'add' | 'action': 'skip' | ok",
                "'action': 'add' | 'action': 'repeat' | unexpected_field",
                "'action': 'add' | 'action': 'Add' | unknown_action",
                "'action': 'add' | 'action': 5 | wrong_type",
                "'lessonId': 'l' | 'lessonId': null | ok",
                "'lessonId': 'l' | 'lessonId': [] | wrong_type",
                "'lessonId': 'l' | 'lessonId': 'a\\u0000b' | unservable_text",
                "'priority': -3 | 'priority': 1.5 | out_of_range",
                "'priority': -3 | 'priority': 2147483648 | out_of_range",
                "'priority': -3 | 'priority': '3' | wrong_type",
                "'correctPercentBelow': 60 | 'correctPercentBelow': 101 | out_of_range",
                "'correctPercentBelow': 60 | 'correctPercentBelow': -1 | out_of_range",
                "'correctPercentBelow': 60 | 'correctPercentBelow': null | ok",
                "'correctPercentBelow': 60 | 'correctPercentBelow': '60' | wrong_type",
                "'correctPercentBelow' | 'correctPercentBellow' | unexpected_field",
                "'answersAtLeast': 2.0 | 'answersAtLeast': -1 | out_of_range",
                "'segmentsBelow': 9 | 'segmentsBelow': 2147483647 | ok",
                "'segmentsAtLeast': 0 | 'segmentsAtLeast': -1 | out_of_range",
                "'completed': false | 'completed': 0 | wrong_type",
                "'openedDaysAtLeast': 36500 | 'openedDaysAtLeast': 36501 | out_of_range",
                "'openedDaysAtLeast': 36500 | 'openedDaysAtLeast': -1 | out_of_range",
                "'when': { | 'when': [], 'x': { | wrong_type",
                "'when': { | 'when': 'always', 'x': { | wrong_type",
                "'when': { | 'when': {'$undefined': true}, 'x': { | unexpected_field",
            })
    void whatMakesARuleUnusable(String part, String replacement, String outcome) {
        String rule = RULE.replace(part.replace('\'', '"'), replacement.replace('\'', '"'));
        assertThat(rule).isNotEqualTo(RULE);
        assertThat(outcome(inserted(rule))).isEqualTo(outcome);
    }

    /** What is wrong is said with its place. */
    @Test
    void thePlaceIsNamed() {
        assertThat(detail(RULE.replace("2.0", "true"))).startsWith("when.answersAtLeast: ");
        assertThat(detail(RULE.replace("answersAtLeast", "answers"))).startsWith("when.answers: one of [");
        assertThat(detail(RULE.replace("\"add\"", "\"drop\"")))
                .isEqualTo("action: \"drop\" is no action; those are repeat, add and skip");
    }

    @Test
    void anIdThatIsNoTextOrTooLongIsUnusable() {
        assertThat(outcome(decode(key("\"a\\u0000\""), value("c", RULE)))).isEqualTo("unservable_text");
        assertThat(outcome(decode(key("\"" + "x".repeat(1_321) + "\""), value("c", RULE))))
                .isEqualTo("limit_exceeded");
    }

    private String detail(String rule) {
        Rejection rejection = inserted(rule).rejection();
        return rejection == null ? "none" : rejection.detail();
    }

    private static String outcome(Decoded decoded) {
        if (decoded instanceof Decoded.RuleChange change) {
            return change.rejection() != null
                    ? change.rejection().reason().code()
                    : change.rule() == null ? "gone" : "ok";
        }
        return Messages.outcome(decoded);
    }
}
