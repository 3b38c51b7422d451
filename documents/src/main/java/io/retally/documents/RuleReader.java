package io.retally.documents;

import static io.retally.documents.Field.optional;
import static io.retally.documents.Field.required;
import static io.retally.documents.Reason.DOCUMENT_NOT_JSON;
import static io.retally.documents.Reason.MISSING_FIELD;
import static io.retally.documents.Reason.UNEXPECTED_FIELD;
import static io.retally.documents.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.assignment.Action;
import io.retally.core.assignment.AssignmentRule;
import io.retally.core.assignment.Condition;
import io.retally.documents.Field.Kind;
import java.io.IOException;

/** Reads a rule of assignments in extended JSON, by {@code docs/contract-assignments.sql}. The message's key says which one it is. */
final class RuleReader {
    private final ObjectReader rule = new ObjectReader(
            required("_id", Kind.OWN_ID),
            required("accountId", Kind.ID),
            required("programId", Kind.ID),
            optional("lessonId", Kind.ID),
            required("priority", Kind.WHOLE),
            required("action", Kind.ACTION),
            optional("targetLessonId", Kind.ID),
            required("when", Kind.CONDITION));
    /** An unknown condition is refused: left out, a misspelt one would have the rule meet every rep. */
    private final ObjectReader condition = ObjectReader.closed(
            optional("correctPercentBelow", Kind.PERCENT),
            optional("correctPercentAtLeast", Kind.PERCENT),
            optional("answersAtLeast", Kind.COUNT),
            optional("segmentsBelow", Kind.COUNT),
            optional("segmentsAtLeast", Kind.COUNT),
            optional("completed", Kind.BOOLEAN),
            optional("openedDaysAtLeast", Kind.DAYS));

    /** The rule, whose JSON has not been touched yet; throws if it is unusable, or no JSON. */
    AssignmentRule read(String id, JsonText json) throws UnusableValue {
        try {
            if (json.parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableValue(WRONG_TYPE, "'after' holds no document but " + json.parser.currentToken());
            }
            rule.read(json, this::readCondition);
            if (json.parser.nextToken() != null) {
                throw new UnusableValue(DOCUMENT_NOT_JSON, "'after' holds more than a document");
            }
            return usable(DocumentReader.served(id));
        } catch (IOException e) {
            throw new UnusableValue(JsonText.rejection(e, DOCUMENT_NOT_JSON, "'after'"));
        }
    }

    private AssignmentRule usable(String id) throws UnusableValue {
        ServedKeys.requireId("_id", id);
        Action action = rule.action(5);
        String target = rule.textOrNull(6);
        if (action == Action.REPEAT && target != null) {
            throw new UnusableValue(UNEXPECTED_FIELD, "targetLessonId: what is repeated is the lesson itself");
        }
        if (action != Action.REPEAT && target == null) {
            throw new UnusableValue(
                    MISSING_FIELD, "targetLessonId: required by action \"" + action.word() + "\", but missing or null");
        }
        return new AssignmentRule(
                id,
                rule.text(1),
                rule.text(2),
                rule.textOrNull(3),
                (int) rule.number(4),
                action,
                target,
                rule.condition(7));
    }

    private Condition readCondition(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw ExtendedJson.wrongType(p, ": an object of conditions");
        }
        try {
            condition.read(json, this::readCondition);
        } catch (UnusableValue e) {
            throw new UnusableValue(e.rejection().inside(""));
        }
        return new Condition(
                condition.intOrNull(0),
                condition.intOrNull(1),
                condition.intOrNull(2),
                condition.intOrNull(3),
                condition.intOrNull(4),
                condition.boolOrNull(5),
                condition.intOrNull(6));
    }
}
