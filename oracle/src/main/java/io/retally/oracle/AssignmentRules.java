package io.retally.oracle;

import io.retally.oracle.Verdict.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The rules of {@code docs/contract-assignments.sql} for rules: a document to a row of {@code source.assignment_rule}. */
final class AssignmentRules {
    private static final Set<String> ACTIONS = Set.of("repeat", "add", "skip");
    private static final Set<String> CONDITIONS = Set.of(
            "correctPercentBelow",
            "correctPercentAtLeast",
            "answersAtLeast",
            "segmentsBelow",
            "segmentsAtLeast",
            "completed",
            "openedDaysAtLeast");

    private AssignmentRules() {}

    /** The values of the row, in the order of its columns; throws if the rule is unusable. */
    static List<@Nullable Object> row(BsonDocument document) throws RuleBroken {
        Fields rule = new Fields(document, "");
        rule.requireId("_id");
        BsonValue ownId = document.get("_id");
        String id = ownId == null ? null : Ids.text(ownId);
        if (id == null || !ServableText.isServable(id)) {
            throw new RuleBroken(Reason.UNSERVABLE_TEXT, "_id holds U+0000 or a lone surrogate");
        }
        String accountId = rule.id("accountId");
        String programId = rule.id("programId");
        String lessonId = rule.optionalId("lessonId");
        int priority = rule.whole("priority", Integer.MIN_VALUE, Integer.MAX_VALUE);
        String action = rule.servedString("action");
        if (!ACTIONS.contains(action)) {
            throw new RuleBroken(Reason.UNKNOWN_ACTION, "action");
        }
        String targetLessonId = rule.optionalId("targetLessonId");
        if (action.equals("repeat") != (targetLessonId == null)) {
            throw new RuleBroken(
                    targetLessonId == null ? Reason.MISSING_FIELD : Reason.UNEXPECTED_FIELD, "targetLessonId");
        }
        Fields when = rule.closed("when", CONDITIONS);
        return Collections.unmodifiableList(Arrays.asList(
                id,
                accountId,
                programId,
                lessonId,
                priority,
                action,
                targetLessonId,
                when.optionalWhole("correctPercentBelow", 0, 100),
                when.optionalWhole("correctPercentAtLeast", 0, 100),
                when.optionalWhole("answersAtLeast", 0, Integer.MAX_VALUE),
                when.optionalWhole("segmentsBelow", 0, Integer.MAX_VALUE),
                when.optionalWhole("segmentsAtLeast", 0, Integer.MAX_VALUE),
                when.optionalBool("completed"),
                when.optionalWhole("openedDaysAtLeast", 0, 36_500)));
    }
}
