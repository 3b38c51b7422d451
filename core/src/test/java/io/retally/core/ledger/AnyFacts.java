package io.retally.core.ledger;

import io.retally.core.document.Interaction;
import io.retally.core.document.Verb;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Facts of one rep in one lesson, from so few ids and moments that many of them meet. */
final class AnyFacts {

    private static final long DAY = 86_400_000L;

    private AnyFacts() {}

    /** An interaction that counts under some plan, and how often: added or retracted. */
    record Signed(Interaction interaction, int count) {
        LessonFacts facts() {
            return LessonFacts.of(interaction, count);
        }

        Signed negated() {
            return new Signed(interaction, -count);
        }
    }

    static Arbitrary<List<Signed>> differences() {
        return Combinators.combine(interaction(), Arbitraries.of(1, -1, 1, 2))
                .as(Signed::new)
                .list()
                .ofMaxSize(20);
    }

    /** Facts as state holds them: each stands once, some at the ends of the time that a document can name. */
    static Arbitrary<LessonFacts> facts() {
        return interaction()
                .list()
                .uniqueElements()
                .ofMaxSize(25)
                .map(interactions -> sum(
                        interactions.stream().map(fact -> new Signed(fact, 1)).toList()));
    }

    static LessonFacts sum(List<Signed> differences) {
        return differences.stream().map(Signed::facts).reduce(LessonFacts.EMPTY, LessonFacts::plus);
    }

    static LessonFacts negation(List<Signed> differences) {
        return sum(differences.stream().map(Signed::negated).toList());
    }

    static Arbitrary<Interaction> interaction() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        moment(),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of("q0", "q1", "q2"),
                        Arbitraries.of("i", "i1", "\uFFFD", "\uD83D\uDE00"),
                        Arbitraries.of(true, false))
                .as((verb, at, segment, question, id, correct) ->
                        new Interaction(id, "a", "c", "p", "l", verb, at, segment, question, null, correct));
    }

    static Arbitrary<Long> moment() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, -1L, DAY - 1, DAY, DAY, 1_700_000_000_000L),
                Arbitraries.of(-62_135_596_800_000L, 253_402_300_799_999L),
                Arbitraries.longs().between(-3 * DAY, 3 * DAY));
    }
}
