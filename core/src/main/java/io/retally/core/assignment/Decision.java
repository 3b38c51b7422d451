package io.retally.core.assignment;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a rep's standing in a lesson at a moment.
 *
 * @param assignment null: none
 * @param validUntil when it has to be asked again if nothing happens, in milliseconds since 1970 UTC: from then on another rule
 *     decides, as days have passed; null: never
 */
public record Decision(
        @Nullable Assignment assignment, @Nullable Long validUntil) {

    /**
     * Asks the rules.
     *
     * @param now milliseconds since 1970 UTC
     */
    public static Decision of(LessonStanding standing, Collection<AssignmentRule> rules, long now) {
        AssignmentRule deciding = null;
        Long validUntil = null;
        for (AssignmentRule rule : rules) {
            Long from = rule.isAbout(standing) ? rule.when().holdsFrom(standing) : null;
            if (from != null && from <= now && (deciding == null || comesBefore(rule, deciding))) {
                deciding = rule;
            }
        }
        for (AssignmentRule rule : rules) {
            Long from = rule.isAbout(standing) ? rule.when().holdsFrom(standing) : null;
            if (from != null && from > now && (deciding == null || comesBefore(rule, deciding))) {
                validUntil = validUntil == null ? from : (Long) Math.min(validUntil, from);
            }
        }
        return new Decision(deciding == null ? null : Assignment.of(deciding, standing), validUntil);
    }

    private static boolean comesBefore(AssignmentRule rule, AssignmentRule other) {
        return AssignmentRule.DECIDING.compare(rule, other) < 0;
    }
}
