package io.retally.core.assignment;

import java.util.Collection;

/**
 * How a rep stands in a lesson, and what was decided on these grounds.
 *
 * @param decision its assignment, if any, has the standing as its grounds
 */
public record DecidedLesson(LessonStanding standing, Decision decision) {

    /**
     * Asks the rules.
     *
     * @param now milliseconds since 1970 UTC
     */
    public static DecidedLesson of(LessonStanding standing, Collection<AssignmentRule> rules, long now) {
        return new DecidedLesson(standing, Decision.of(standing, rules, now));
    }
}
