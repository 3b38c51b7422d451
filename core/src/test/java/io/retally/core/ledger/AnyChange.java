package io.retally.core.ledger;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Changes of so few documents that each meets the others. */
record AnyChange(Collection collection, String id, @Nullable Document now, boolean endsEpoch) {

    private static final long START = 1_700_000_000_000L;
    private static final Arbitrary<Boolean> EITHER = Arbitraries.of(true, false);
    private static final Arbitrary<String> ACCOUNT_ID = Arbitraries.frequency(Tuple.of(12, "a0"), Tuple.of(1, "a1"));
    private static final Arbitrary<String> CONTACT_ID = Arbitraries.of("c0", "c1", "c2");
    private static final Arbitrary<String> PROGRAM_ID = Arbitraries.of("p0", "p1");
    private static final Arbitrary<String> LESSON_ID = Arbitraries.of("l0", "l1", "l2");
    private static final Arbitrary<String> QUESTION_ID = Arbitraries.of("q0", "q1");
    private static final Arbitrary<String> INTERACTION_ID =
            Arbitraries.of(IntStream.range(0, 26).mapToObj(i -> "i" + i).toList());
    private static final Arbitrary<Long> MOMENT =
            Arbitraries.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).map(hours -> START + 7 * 3_600_000L * hours);

    /** A company at work, so that what follows changes something. */
    private static final List<AnyChange> FOUNDING = founding();

    private static List<AnyChange> founding() {
        List<Lesson> lessons = List.of(
                new Lesson("l0", "L", 60, true, List.of("q0", "q1")),
                new Lesson("l1", "L", 31, true, List.of("q1", "q1")),
                new Lesson("l2", "L", 0, false, List.of()));
        List<Document> documents = new ArrayList<>(List.of(
                new Account("a0", "A", "America/St_Johns"),
                new Program("p0", "a0", "P", "k", 50, lessons),
                new Program("p1", "a0", "P", "k", 0, lessons)));
        for (int i = 0; i < 3; i++) {
            documents.add(new Contact("c" + i, "a0", "C", "t" + i % 2, null));
            documents.add(new Enrollment("e" + i, "a0", "c" + i, "p" + i % 2, START, START, null));
            documents.add(new Interaction(
                    "i" + i, "a0", "c" + i, "p" + i % 2, "l1", Verb.LESSON_COMPLETED, START, null, null, null, null));
        }
        return documents.stream()
                .map(document -> new AnyChange(document.collection(), document.id(), document, false))
                .toList();
    }

    void applyTo(InMemoryLedgers ledgers) {
        ledgers.change(collection, id, now);
        if (endsEpoch) {
            ledgers.settle();
        }
    }

    static Arbitrary<List<AnyChange>> log() {
        return Arbitraries.frequencyOf(
                        Tuple.of(2, change(Collection.ACCOUNTS, Arbitraries.of("a0", "a1"), account())),
                        Tuple.of(3, change(Collection.PROGRAMS, PROGRAM_ID, program())),
                        Tuple.of(5, change(Collection.CONTACTS, CONTACT_ID, contact())),
                        Tuple.of(
                                7,
                                change(
                                        Collection.ENROLLMENTS,
                                        Arbitraries.of("e0", "e1", "e2", "e3", "e4"),
                                        enrollment())),
                        Tuple.of(40, change(Collection.INTERACTIONS, INTERACTION_ID, interaction())))
                .list()
                .ofMinSize(20)
                .ofMaxSize(100)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(changes -> {
                    List<AnyChange> log = new ArrayList<>(FOUNDING);
                    log.addAll(changes);
                    return log;
                });
    }

    /** Numbers would be drawn with a liking for small ones. */
    private static Arbitrary<Boolean> rarely(int oneIn) {
        return Arbitraries.frequency(Tuple.of(1, true), Tuple.of(oneIn - 1, false));
    }

    private interface Make {
        Document of(String id);
    }

    private static Arbitrary<AnyChange> change(Collection collection, Arbitrary<String> ids, Arbitrary<Make> content) {
        return Combinators.combine(ids, content, rarely(12), rarely(5))
                .as((id, make, gone, end) -> new AnyChange(collection, id, gone ? null : make.of(id), end))
                // Edge cases would remove and restore nearly all the time.
                .withoutEdgeCases();
    }

    private static Arbitrary<Make> account() {
        return Arbitraries.of("UTC", "America/St_Johns", "Asia/Kolkata").map(zone -> id -> new Account(id, "A", zone));
    }

    private static Arbitrary<Make> contact() {
        return Combinators.combine(ACCOUNT_ID, Arbitraries.of("t0", "t1").injectNull(0.2), MOMENT.injectNull(0.8))
                .as((account, team, removedAt) -> id -> new Contact(id, account, "C", team, removedAt));
    }

    private static Arbitrary<Make> program() {
        Arbitrary<List<Lesson>> lessons = Combinators.combine(
                        LESSON_ID,
                        Arbitraries.of(0, 1, 15, 31, 60),
                        EITHER,
                        QUESTION_ID.list().ofMaxSize(3))
                .as((id, seconds, required, questions) -> new Lesson(id, "L", seconds, required, questions))
                .list()
                .uniqueElements(Lesson::id)
                .ofMaxSize(3)
                .withSizeDistribution(RandomDistribution.uniform());
        return Combinators.combine(ACCOUNT_ID, Arbitraries.of(0, 50, 100), lessons, Arbitraries.of(0, 0, 15, 30))
                .as((account, pass, few, many) -> id -> new Program(id, account, "P", "k", pass, withMany(few, many)));
    }

    /** Now and then there are lessons that nobody does anything in, so many that their facts are not read one by one. */
    private static List<Lesson> withMany(List<Lesson> few, int videoSeconds) {
        List<Lesson> lessons = new ArrayList<>(few);
        if (videoSeconds > 0) {
            IntStream.range(0, 20)
                    .mapToObj(i -> new Lesson("m" + i, "L", videoSeconds, false, List.of()))
                    .forEach(lessons::add);
        }
        return lessons;
    }

    private static Arbitrary<Make> enrollment() {
        return Combinators.combine(
                        ACCOUNT_ID, CONTACT_ID, PROGRAM_ID, MOMENT, MOMENT.injectNull(0.3), MOMENT.injectNull(0.8))
                .as((account, contact, program, at, due, withdrawn) ->
                        id -> new Enrollment(id, account, contact, program, at, due, withdrawn));
    }

    private record Detail(String questionId, int segment, boolean correct) {}

    private static Arbitrary<Make> interaction() {
        Arbitrary<Detail> detail = Combinators.combine(QUESTION_ID, Arbitraries.of(-1, 0, 0, 1, 2, 3, 4), EITHER)
                .as(Detail::new);
        return Combinators.combine(
                        ACCOUNT_ID, CONTACT_ID, PROGRAM_ID, LESSON_ID, Arbitraries.of(Verb.class), MOMENT, detail)
                .as((account, contact, program, lesson, verb, at, d) -> id -> new Interaction(
                        id, account, contact, program, lesson, verb, at, d.segment, d.questionId, null, d.correct));
    }
}
