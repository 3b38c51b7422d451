package io.retally.core.ledger;

import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Utf8Order;
import io.retally.core.zone.TimeZone;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of one rep's ledger: its contact document, its enrolments by id, and the standing in each program that it is
 * a member of. The facts are kept by lesson, beside it. Immutable.
 */
public record Rep(
        @Nullable Contact contact, SortedMap<String, Enrollment> enrollments, SortedMap<String, Standing> standings) {

    public static final Rep NONE = new Rep(null, new TreeMap<>(), new TreeMap<>());

    /** Of several enrolments in one program the latest stands; ties are settled by id. */
    private static final Comparator<Enrollment> LATEST =
            Comparator.comparingLong(Enrollment::enrolledAt).thenComparing(Enrollment::id, Utf8Order.INSTANCE);

    /** Whether nothing is known of the rep. */
    public boolean isEmpty() {
        return contact == null && enrollments.isEmpty() && standings.isEmpty();
    }

    Rep withStandings(SortedMap<String, Standing> newStandings) {
        return new Rep(contact, enrollments, newStandings);
    }

    /** The rep after these changes of its contact and its enrolments. */
    Rep after(RepChanges changes) {
        SortedMap<String, Enrollment> changed = enrollments;
        if (!changes.enrollments().isEmpty()) {
            changed = new TreeMap<>(enrollments);
            for (Map.Entry<String, @Nullable Enrollment> entry :
                    changes.enrollments().entrySet()) {
                Enrollment enrollment = entry.getValue();
                if (enrollment == null) {
                    changed.remove(entry.getKey());
                } else {
                    changed.put(entry.getKey(), enrollment);
                }
            }
        }
        return new Rep(changes.contactChanged() ? changes.contact() : contact, changed, standings);
    }

    /** The rep's membership of a program, or null: the contract's view {@code membership}. */
    @Nullable
    Membership membership(String programId, World world) {
        Plan plan = world.plan(programId);
        if (contact == null
                || contact.removedAt() != null
                || plan == null
                || !plan.accountId().equals(contact.accountId())) {
            return null;
        }
        TimeZone timeZone = world.timeZone(contact.accountId());
        if (timeZone == null) {
            return null;
        }
        Enrollment latest = null;
        for (Enrollment enrollment : enrollments.values()) {
            if (enrollment.programId().equals(programId)
                    && enrollment.withdrawnAt() == null
                    && enrollment.accountId().equals(contact.accountId())
                    && (latest == null || LATEST.compare(enrollment, latest) > 0)) {
                latest = enrollment;
            }
        }
        return latest == null
                ? null
                : new Membership(
                        contact.id(),
                        programId,
                        contact.accountId(),
                        contact.teamId(),
                        latest.enrolledAt(),
                        latest.dueAt(),
                        plan,
                        timeZone);
    }
}
