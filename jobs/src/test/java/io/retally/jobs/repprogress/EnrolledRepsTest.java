package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Enrollment;
import io.retally.core.ledger.Rep;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnrolledRepsTest {
    private final EnrolledReps enrolled = new EnrolledReps();

    @Test
    void knowsWhoIsEnrolledInAnyOfThePrograms() {
        enrolled.change("Ann", Rep.NONE, in("sales", "safety"));
        enrolled.change("Bob", Rep.NONE, in("sales"));
        assertThat(enrolled.of(Set.of("sales"))).containsExactlyInAnyOrder("Ann", "Bob");
        assertThat(enrolled.of(Set.of("safety", "unknown"))).containsExactly("Ann");
    }

    @Test
    void forgetsWhoHasLeft() {
        enrolled.change("Ann", Rep.NONE, in("sales", "safety"));
        enrolled.change("Ann", in("sales", "safety"), in("safety"));
        assertThat(enrolled.of(Set.of("sales"))).isEmpty();
        assertThat(enrolled.of(Set.of("safety"))).containsExactly("Ann");
        enrolled.change("Ann", in("safety"), Rep.NONE);
        assertThat(enrolled.of(Set.of("sales", "safety"))).isEmpty();
    }

    private static Rep in(String... programs) {
        TreeMap<String, Enrollment> enrollments = new TreeMap<>();
        for (String program : programs) {
            enrollments.put(program, new Enrollment(program, "acme", "Ann", program, 0, null, null));
        }
        return new Rep(null, enrollments, new TreeMap<>());
    }
}
