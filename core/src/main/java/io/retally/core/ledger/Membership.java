package io.retally.core.ledger;

import io.retally.core.zone.TimeZone;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live rep in a program: the row of the contract's view {@code membership}, with the plan that decides which facts
 * count. Times are milliseconds since 1970 UTC.
 */
record Membership(
        String contactId,
        String programId,
        String accountId,
        @Nullable String teamId,
        long enrolledAt,
        @Nullable Long dueAt,
        Plan plan,
        TimeZone timeZone) {

    /** Whether facts count for the same account, team and days; plan, enrolment and due date may differ. */
    boolean countsAlike(Membership other) {
        return accountId.equals(other.accountId)
                && Objects.equals(teamId, other.teamId)
                && timeZone.equals(other.timeZone);
    }

    Plan.@Nullable LessonPlan lesson(LessonKey key) {
        return key.accountId().equals(accountId) ? plan.lesson(key.lessonId()) : null;
    }
}
