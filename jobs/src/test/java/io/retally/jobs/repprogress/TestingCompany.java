package io.retally.jobs.repprogress;

import io.retally.core.document.Account;
import io.retally.core.document.Contact;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import java.util.Arrays;
import java.util.List;

/** Documents of a company with one program, for tests that read as a sentence. */
final class TestingCompany {

    static final Account ACME = new Account("acme", "Acme", "America/Chicago");
    static final long MONDAY = 1_700_000_000_000L;

    private TestingCompany() {}

    /** The program, with these lessons, all of them required. */
    static Program sales(String... lessons) {
        return new Program(
                "sales",
                ACME.id(),
                "Sales",
                "course",
                80,
                Arrays.stream(lessons)
                        .map(lesson -> new Lesson(lesson, lesson, 60, true, List.of()))
                        .toList());
    }

    static Contact contact(String rep) {
        return new Contact(rep, ACME.id(), rep, null, null);
    }

    /** The rep's enrolment in the program. */
    static Enrollment enrolled(String rep) {
        return new Enrollment("enrolment of " + rep, ACME.id(), rep, "sales", MONDAY, null, null);
    }

    /** The rep opens a lesson of the program on Monday. */
    static Interaction opened(String rep, String lesson) {
        return interaction(rep + " opens " + lesson, rep, lesson, Verb.LESSON_OPENED, MONDAY);
    }

    static Interaction interaction(String id, String rep, String lesson, Verb verb, long at) {
        return new Interaction(id, ACME.id(), rep, "sales", lesson, verb, at, null, null, null, null);
    }
}
