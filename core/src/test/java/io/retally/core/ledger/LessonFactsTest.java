package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.codec.Binary;
import io.retally.core.document.Interaction;
import io.retally.core.document.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Facts are an abelian group, so that each can be retracted whenever its document changes. */
class LessonFactsTest {

    private static final LessonFactsCodec CODEC = new LessonFactsCodec();

    @Property
    void theOrderDoesNotMatter(@ForAll("differences") List<AnyFacts.Signed> facts, @ForAll Random random) {
        List<AnyFacts.Signed> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, random);
        assertThat(AnyFacts.sum(shuffled)).isEqualTo(AnyFacts.sum(facts));
    }

    @Property
    void theGroupingDoesNotMatter(
            @ForAll("differences") List<AnyFacts.Signed> first,
            @ForAll("differences") List<AnyFacts.Signed> second,
            @ForAll("differences") List<AnyFacts.Signed> third) {
        LessonFacts f = AnyFacts.sum(first);
        LessonFacts s = AnyFacts.sum(second);
        LessonFacts t = AnyFacts.sum(third);
        assertThat(f.plus(s).plus(t)).isEqualTo(f.plus(s.plus(t)));
    }

    @Property
    void aDifferenceAndItsNegationAreNothing(@ForAll("differences") List<AnyFacts.Signed> facts) {
        LessonFacts nothing = AnyFacts.sum(facts).plus(AnyFacts.negation(facts));
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing).isEqualTo(LessonFacts.EMPTY);
    }

    @Property
    void nothingAddsNothing(@ForAll("differences") List<AnyFacts.Signed> facts) {
        LessonFacts sum = AnyFacts.sum(facts);
        assertThat(sum.plus(LessonFacts.EMPTY)).isEqualTo(sum);
        assertThat(LessonFacts.EMPTY.plus(sum)).isEqualTo(sum);
    }

    /** What others hold of a sum must not change when it is added to. */
    @Property
    void addingLeavesTheAddendsAsTheyWere(
            @ForAll("differences") List<AnyFacts.Signed> left, @ForAll("differences") List<AnyFacts.Signed> right) {
        LessonFacts addend = AnyFacts.sum(left);
        byte[] before = Binary.toBytes(CODEC, addend);
        addend.plus(AnyFacts.sum(right));
        assertThat(Binary.toBytes(CODEC, addend)).isEqualTo(before);
    }

    @Property
    void isReadAsItWasWritten(@ForAll("differences") List<AnyFacts.Signed> facts) {
        LessonFacts sum = AnyFacts.sum(facts);
        LessonFacts read = Binary.fromBytes(CODEC, Binary.toBytes(CODEC, sum));
        assertThat(read).isEqualTo(sum);
        // Equal facts have equal bytes: they may be added to after a restore.
        assertThat(Binary.toBytes(CODEC, read)).isEqualTo(Binary.toBytes(CODEC, sum));
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes = Binary.toBytes(CODEC, LessonFacts.EMPTY);
        bytes[0]++;
        assertThatThrownBy(() -> Binary.fromBytes(CODEC, bytes))
                .hasMessageContaining("the facts of a lesson is stored in version 2");
    }

    /** Answers at one moment are in the order of their ids, as PostgreSQL's collation "C" has it. */
    @Test
    void answersAtOneMomentAreOrderedById() {
        LessonFacts facts = fact(Verb.QUESTION_ANSWERED, "\uD83D\uDE00", null, true)
                .plus(fact(Verb.QUESTION_ANSWERED, "\uFFFD", null, false));
        assertThat(facts.answersByQuestion()).hasSize(1);
        assertThat(facts.answersByQuestion().get(0))
                .extracting(Answer::interactionId)
                .containsExactly("\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void someInteractionsCanNeverCount() {
        assertThat(LessonFacts.isFact(interaction(Verb.SEGMENT_WATCHED, "i", null, "q", true)))
                .isFalse();
        assertThat(LessonFacts.isFact(interaction(Verb.SEGMENT_WATCHED, "i", -1, "q", true)))
                .isFalse();
        assertThat(LessonFacts.isFact(interaction(Verb.SEGMENT_WATCHED, "i", 0, null, null)))
                .isTrue();
        assertThat(LessonFacts.isFact(interaction(Verb.QUESTION_ANSWERED, "i", 0, null, true)))
                .isFalse();
        assertThat(LessonFacts.isFact(interaction(Verb.QUESTION_ANSWERED, "i", 0, "q", null)))
                .isFalse();
        assertThat(LessonFacts.isFact(interaction(Verb.LESSON_OPENED, "i", -1, null, null)))
                .isTrue();
    }

    private static LessonFacts fact(Verb verb, String id, @Nullable Integer segment, boolean correct) {
        return LessonFacts.of(interaction(verb, id, segment, "q", correct), 1);
    }

    private static Interaction interaction(
            Verb verb, String id, @Nullable Integer segment, @Nullable String question, @Nullable Boolean correct) {
        return new Interaction(id, "a", "c", "p", "l", verb, 5, segment, question, null, correct);
    }

    @Provide
    Arbitrary<List<AnyFacts.Signed>> differences() {
        return AnyFacts.differences();
    }
}
