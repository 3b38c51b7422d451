package io.retally.core.ledger;

import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a program decides which facts count: its account, its pass mark and its lessons. Titles, kinds and the order
 * of lessons are not part of it; plans that differ in those alone are equal.
 */
public record Plan(String accountId, int passPercent, Map<String, LessonPlan> lessons, long lessonsRequired) {

    public static Plan of(Program program) {
        Map<String, LessonPlan> lessons = new HashMap<>();
        long required = 0;
        for (Lesson lesson : program.lessons()) {
            lessons.put(lesson.id(), LessonPlan.of(lesson));
            required += lesson.required() ? 1 : 0;
        }
        return new Plan(program.accountId(), program.passPercent(), lessons, required);
    }

    public @Nullable LessonPlan lesson(String lessonId) {
        return lessons.get(lessonId);
    }

    /** The lessons whose contribution may differ between two plans, given equal facts. */
    public static Set<String> differingLessons(Plan before, Plan after) {
        Set<String> all = new HashSet<>(before.lessons.keySet());
        all.addAll(after.lessons.keySet());
        if (before.passPercent == after.passPercent) {
            all.removeIf(id -> {
                LessonPlan lesson = before.lesson(id);
                return lesson != null && lesson.equals(after.lesson(id));
            });
        }
        return all;
    }

    /** A lesson as far as it decides which facts count; {@code questionsTotal} counts a question listed twice twice. */
    public record LessonPlan(int segmentsTotal, boolean required, Set<String> questionIds, int questionsTotal) {
        static LessonPlan of(Lesson lesson) {
            return new LessonPlan(
                    lesson.segmentsTotal(),
                    lesson.required(),
                    new HashSet<>(lesson.questionIds()),
                    lesson.questionsTotal());
        }
    }
}
