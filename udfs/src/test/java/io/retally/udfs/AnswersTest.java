package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.udfs.CoreRep.CoreAnswer;
import io.retally.udfs.OneAnswer.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** {@link FirstAnswer}, {@link LatestAnswer} and {@link ProportionCorrect}, without a planner. */
class AnswersTest {

    private final FirstAnswer first = new FirstAnswer();
    private final LatestAnswer latest = new LatestAnswer();
    private final ProportionCorrect proportion = new ProportionCorrect();

    @Property
    void equalCoreAfterRetractionsInAnyOrder(
            @ForAll("answers") List<CoreAnswer> kept,
            @ForAll("answers") List<CoreAnswer> retracted,
            @ForAll Random random) {
        Group whole = new Group();
        List<Runnable> steps = new ArrayList<>();
        kept.forEach(answer -> steps.add(() -> whole.add(answer, 1)));
        retracted.forEach(answer -> {
            steps.add(() -> whole.add(answer, 1));
            steps.add(() -> whole.add(answer, -1));
        });
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        whole.isWhatCoreSaysOf(kept);
    }

    @Property
    void partsMergeIntoTheWhole(@ForAll("answers") List<CoreAnswer> answers, @ForAll Random random) throws Exception {
        List<Group> parts = List.of(new Group(), new Group());
        answers.forEach(answer -> parts.get(random.nextInt(2)).add(answer, 1));
        Group whole = new Group();
        first.merge(whole.ofFirst, parts.stream().map(part -> part.ofFirst).toList());
        latest.merge(whole.ofLatest, parts.stream().map(part -> part.ofLatest).toList());
        proportion.merge(
                whole.ofProportion,
                parts.stream().map(part -> part.ofProportion).toList());
        whole.isWhatCoreSaysOf(answers);
    }

    @Example
    void aRowWithANullIsNoAnswer() throws Exception {
        Group none = new Group();
        first.accumulate(none.ofFirst, true, null, "a");
        first.accumulate(none.ofFirst, true, Instant.EPOCH, null);
        first.accumulate(none.ofFirst, null, Instant.EPOCH, "a");
        proportion.accumulate(none.ofProportion, null);
        none.isWhatCoreSaysOf(List.of());
        assertThat(none.ofFirst.rowsByAnswer.isEmpty()).isTrue();
    }

    @Example
    void allRetractedLeavesNoState() throws Exception {
        Group none = new Group();
        CoreAnswer answer = new CoreAnswer(7, "a", true);
        none.add(answer, -1);
        none.add(answer, 1);
        none.isWhatCoreSaysOf(List.of());
        assertThat(none.ofFirst.rowsByAnswer.isEmpty()).isTrue();
    }

    /** Few times, so that ids decide; ids whose order by UTF-16 is another than that by UTF-8; none twice. */
    @Provide
    Arbitrary<List<CoreAnswer>> answers() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "B", "aa", "\uffee", "\ud83d\ude00", "z", "\u00e9");
        return Combinators.combine(Arbitraries.longs().between(0, 2), ids, Arbitraries.of(true, false))
                .as(CoreAnswer::new)
                .list()
                .ofMaxSize(8)
                .map(AnswersTest::withIdsOnce);
    }

    private static List<CoreAnswer> withIdsOnce(List<CoreAnswer> answers) {
        Set<String> ids = new HashSet<>();
        return answers.stream().filter(answer -> ids.add(answer.id())).toList();
    }

    /** By time, answers of one moment by id: ids of ASCII, whose order is the same in every form. */
    static List<Answer> sorted(List<Answer> answers) {
        return answers.stream()
                .sorted(Comparator.comparing(Answer::at).thenComparing(Answer::id))
                .toList();
    }

    static double proportion(List<Answer> answers) {
        return answers.stream().filter(Answer::correct).count() / (double) answers.size();
    }

    /** The accumulators of the three functions over one group. */
    private final class Group {
        private final OneAnswer.Answers ofFirst = first.createAccumulator();
        private final OneAnswer.Answers ofLatest = latest.createAccumulator();
        private final CorrectProportion.Tally ofProportion = proportion.createAccumulator();

        void add(CoreAnswer answer, int rows) {
            Instant at = Instant.ofEpochMilli(answer.at());
            try {
                if (rows > 0) {
                    first.accumulate(ofFirst, answer.correct(), at, answer.id());
                    latest.accumulate(ofLatest, answer.correct(), at, answer.id());
                    proportion.accumulate(ofProportion, answer.correct());
                } else {
                    first.retract(ofFirst, answer.correct(), at, answer.id());
                    latest.retract(ofLatest, answer.correct(), at, answer.id());
                    proportion.retract(ofProportion, answer.correct());
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void isWhatCoreSaysOf(List<CoreAnswer> answers) {
            List<Long> stats = CoreRep.whoAnswered(answers).questionStats();
            boolean any = !stats.isEmpty();
            @Nullable
            Double correct = any
                    ? (Double) (answers.stream().filter(CoreAnswer::correct).count() / (double) stats.get(1))
                    : null;
            assertThat(first.getValue(ofFirst)).isEqualTo(any ? (Boolean) (stats.get(2) == 1) : null);
            assertThat(latest.getValue(ofLatest)).isEqualTo(any ? (Boolean) (stats.get(3) == 1) : null);
            assertThat(proportion.getValue(ofProportion)).isEqualTo(correct);
        }
    }
}
