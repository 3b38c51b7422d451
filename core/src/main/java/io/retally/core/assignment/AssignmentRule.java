package io.retally.core.assignment;

import io.retally.core.document.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A document of collection {@code assignment_rules}: what a rep is to do whose standing in a lesson meets the condition.
 *
 * @param lessonId null: every lesson of the program
 * @param priority of several rules that hold the highest decides; of equal ones that with the lowest id
 * @param targetLessonId the lesson to add or skip; null for {@link Action#REPEAT}
 */
public record AssignmentRule(
        String id,
        String accountId,
        String programId,
        @Nullable String lessonId,
        int priority,
        Action action,
        @Nullable String targetLessonId,
        Condition when) {

    /** That which decides comes first. */
    static final Comparator<AssignmentRule> DECIDING = Comparator.comparingInt(AssignmentRule::priority)
            .reversed()
            .thenComparing(AssignmentRule::id, Utf8Order.INSTANCE);

    /** Whether it is about the lesson, whatever its condition. */
    public boolean isAbout(LessonStanding standing) {
        return accountId.equals(standing.accountId())
                && programId.equals(standing.programId())
                && (lessonId == null || lessonId.equals(standing.lessonId()));
    }
}
