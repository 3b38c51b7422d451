package io.retally.jobs.repprogress;

import io.retally.core.document.Enrollment;
import io.retally.core.ledger.Rep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which reps have enrolments in a program: those that an edit of it may touch. An index of the reps' heads, in memory: of a
 * hundred thousand reps only those of the edited program are read. About 100 bytes an enrolment.
 */
final class EnrolledReps {
    private final Map<String, Set<String>> byProgram = new HashMap<>();

    /** A rep's head was {@code before}, which this knows, or none, and is {@code now}. */
    void change(String contactId, Rep before, Rep now) {
        if (before.enrollments().equals(now.enrollments())) {
            return;
        }
        for (Enrollment enrollment : before.enrollments().values()) {
            byProgram.computeIfPresent(enrollment.programId(), (program, reps) -> {
                reps.remove(contactId);
                return reps.isEmpty() ? null : reps;
            });
        }
        for (Enrollment enrollment : now.enrollments().values()) {
            byProgram
                    .computeIfAbsent(enrollment.programId(), program -> new HashSet<>())
                    .add(contactId);
        }
    }

    /** The reps with an enrolment in one of the programs, withdrawn ones included. */
    Set<String> of(Set<String> programs) {
        Set<String> enrolled = new HashSet<>();
        programs.forEach(program -> enrolled.addAll(byProgram.getOrDefault(program, Set.of())));
        return enrolled;
    }
}
