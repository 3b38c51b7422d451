package io.retally.core.document;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Any document that the types can hold, with the texts and numbers that a form is likely to get wrong. */
public final class AnyDocument {

    private AnyDocument() {}

    /** Any text: empty, with U+0000, lone surrogates, pairs, ObjectIds and what looks like one. */
    public static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(24),
                Arbitraries.strings()
                        .withChars("0123456789abcdefABCDEFg/:`")
                        .ofMinLength(23)
                        .ofMaxLength(25),
                Arbitraries.of("", "\u0000", "id", "\uD800", "\uDC00\uD83D", "\uD83D\uDE00", "\uFFFF", "é中", "\u0080"),
                Arbitraries.strings()
                        .withCharRange(Character.MIN_VALUE, Character.MAX_VALUE)
                        .ofMaxLength(12),
                Arbitraries.strings().ascii().ofMaxLength(30));
    }

    /** Any number, extreme ones often. */
    public static Arbitrary<Long> number() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, -1L, 63L, 64L, -64L, -65L, Long.MAX_VALUE, Long.MIN_VALUE), Arbitraries.longs());
    }

    /** Any document of a collection. */
    public static Arbitrary<? extends Document> of(Collection collection) {
        return switch (collection) {
            case ACCOUNTS -> Combinators.combine(text(), text(), text()).as(Account::new);
            case TEAMS ->
                Combinators.combine(text(), text(), text(), orNull(text())).as(Team::new);
            case CONTACTS -> contact();
            case PROGRAMS -> program();
            case ENROLLMENTS -> enrollment();
            case INTERACTIONS -> interaction();
        };
    }

    /** Any document. */
    public static Arbitrary<Document> any() {
        return Arbitraries.of(Collection.class)
                .flatMap(collection -> of(collection).map(document -> (Document) document));
    }

    public static Arbitrary<Contact> contact() {
        return Combinators.combine(text(), text(), text(), orNull(text()), orNull(number()))
                .as(Contact::new);
    }

    public static Arbitrary<Enrollment> enrollment() {
        return Combinators.combine(text(), text(), text(), text(), number(), orNull(number()), orNull(number()))
                .as(Enrollment::new);
    }

    private static Arbitrary<Program> program() {
        Arbitrary<Integer> whole = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<List<Lesson>> lessons = Combinators.combine(
                        text(),
                        text(),
                        whole,
                        Arbitraries.of(true, false),
                        text().list().ofMaxSize(4))
                .as(Lesson::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(text(), text(), text(), text(), whole, lessons)
                .as(Program::new);
    }

    private record Detail(
            @Nullable Integer segment,
            @Nullable String questionId,
            @Nullable Boolean correct) {}

    private static Arbitrary<Interaction> interaction() {
        Arbitrary<Detail> detail = Combinators.combine(
                        orNull(Arbitraries.integers()), orNull(text()), orNull(Arbitraries.of(true, false)))
                .as(Detail::new);
        return Combinators.combine(text(), text(), text(), text(), text(), Arbitraries.of(Verb.class), number(), detail)
                .as((id, account, contact, program, lesson, verb, at, d) -> new Interaction(
                        id, account, contact, program, lesson, verb, at, d.segment, d.questionId, null, d.correct));
    }

    private static <T> Arbitrary<T> orNull(Arbitrary<T> values) {
        return values.injectNull(0.3);
    }
}
