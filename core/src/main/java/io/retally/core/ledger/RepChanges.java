package io.retally.core.ledger;

import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one rep since it was last settled: the newest contact and enrolments, and the facts added and
 * retracted, summed by lesson. A fact that came and went leaves nothing.
 */
public final class RepChanges {

    private boolean contactChanged;
    private @Nullable Contact contact;
    private final Map<String, @Nullable Enrollment> enrollments = new HashMap<>();
    private final Map<LessonKey, LessonFacts.Sum> facts = new HashMap<>();

    /** The contact is now this, or gone. */
    public void contact(@Nullable Contact now) {
        contactChanged = true;
        contact = now;
    }

    /** The enrolment of this id is now this, or gone. */
    public void enrollment(String id, @Nullable Enrollment now) {
        enrollments.put(id, now);
    }

    /** Adds ({@code count} 1) or retracts ({@code count} -1) an interaction; one that can never count is passed over. */
    public void interaction(Interaction interaction, int count) {
        if (LessonFacts.isFact(interaction)) {
            facts.computeIfAbsent(LessonKey.of(interaction), key -> new LessonFacts.Sum())
                    .add(interaction, count);
        }
    }

    boolean contactChanged() {
        return contactChanged;
    }

    @Nullable
    Contact contact() {
        return contact;
    }

    Map<String, @Nullable Enrollment> enrollments() {
        return enrollments;
    }

    /** Hands out the differences of facts by lesson, those that are not empty. To be called once, at the end. */
    void forEachDifference(BiConsumer<LessonKey, LessonFacts> action) {
        facts.forEach((key, sum) -> {
            LessonFacts difference = sum.facts();
            if (!difference.isEmpty()) {
                action.accept(key, difference);
            }
        });
    }
}
