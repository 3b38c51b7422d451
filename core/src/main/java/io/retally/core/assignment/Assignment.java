package io.retally.core.assignment;

/**
 * What a rep is to do on the grounds of a lesson: a document of collection {@code assignments}.
 *
 * @param targetLessonId the lesson that is repeated, added or skipped
 * @param reason the rule's conditions with the figures that meet them, for people
 * @param grounds the figures behind it
 */
public record Assignment(String ruleId, Action action, String targetLessonId, String reason, LessonStanding grounds) {
    static Assignment of(AssignmentRule rule, LessonStanding standing) {
        String target = rule.targetLessonId();
        return new Assignment(
                rule.id(),
                rule.action(),
                target == null ? standing.lessonId() : target,
                Reason.of(rule.when(), standing),
                standing);
    }
}
