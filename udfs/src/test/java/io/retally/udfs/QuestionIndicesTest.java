package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.udfs.CoreRep.CoreAnswer;
import io.retally.udfs.DiscriminationIndex.Respondent;
import io.retally.udfs.DiscriminationIndex.Respondents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** {@link Facility} against core's counts, {@link DiscriminationIndex} against its definition. */
class QuestionIndicesTest {

    private final Facility facility = new Facility();
    private final DiscriminationIndex discrimination = new DiscriminationIndex();

    /** Each number is one rep's answers to the question, a bit each, the first being the lowest; the rest are core's. */
    @Property
    void facilityIsCoresCorrectFirstOverRespondents(@ForAll @Size(max = 6) List<Byte> reps) {
        CorrectProportion.Tally tally = facility.createAccumulator();
        long respondents = 0;
        long correctFirst = 0;
        for (byte bits : reps) {
            List<CoreAnswer> answers = new ArrayList<>();
            for (int i = 0; i < (bits & 3); i++) {
                answers.add(new CoreAnswer(i, "a" + i, (bits >> (2 + i) & 1) == 1));
            }
            List<Long> stats = CoreRep.whoAnswered(answers).questionStats();
            respondents += stats.isEmpty() ? 0 : stats.get(0);
            correctFirst += stats.isEmpty() ? 0 : stats.get(2);
            facility.accumulate(
                    tally, answers.isEmpty() ? null : (Boolean) answers.get(0).correct());
        }
        assertThat(facility.getValue(tally))
                .isEqualTo(respondents == 0 ? null : (Double) (correctFirst / (double) respondents));
    }

    @Property
    void discriminationIsWhatItsDefinitionSaysAfterRetractionsInAnyOrder(
            @ForAll("respondents") List<Respondent> kept,
            @ForAll("respondents") List<Respondent> retracted,
            @ForAll Random random)
            throws Exception {
        record Step(Respondent respondent, int rows) {}
        List<Step> steps = new ArrayList<>();
        kept.forEach(respondent -> steps.add(new Step(respondent, 1)));
        retracted.forEach(respondent -> Collections.addAll(steps, new Step(respondent, 1), new Step(respondent, -1)));
        Collections.shuffle(steps, random);
        List<Respondents> parts = List.of(discrimination.createAccumulator(), discrimination.createAccumulator());
        for (Step step : steps) {
            Respondents part = parts.get(random.nextInt(2));
            if (step.rows() > 0) {
                discrimination.accumulate(
                        part, step.respondent().correct(), step.respondent().score());
            } else {
                discrimination.retract(
                        part, step.respondent().correct(), step.respondent().score());
            }
        }
        Respondents whole = discrimination.createAccumulator();
        discrimination.merge(whole, parts);
        assertThat(discrimination.getValue(whole)).isEqualTo(discriminationOf(kept));
    }

    @Example
    void groupsAreRoundedHalfUp() throws Exception {
        // 27 % of 50 are 13.5: 14 in either group. With 13 the index would be 1.
        Respondents group = discrimination.createAccumulator();
        for (long score = 0; score < 50; score++) {
            discrimination.accumulate(group, score >= 37, score);
        }
        assertThat(discrimination.getValue(group)).isEqualTo(13 / 14.0);
    }

    @Example
    void aTieOfAllTellsNothing() throws Exception {
        Respondents group = discrimination.createAccumulator();
        for (int i = 0; i < 9; i++) {
            discrimination.accumulate(group, i % 2 == 0, 5L);
        }
        assertThat(discrimination.getValue(group)).isZero();
    }

    @Example
    void whatIsNullOrAloneHasNoIndex() throws Exception {
        Respondents group = discrimination.createAccumulator();
        discrimination.accumulate(group, null, 5L);
        discrimination.accumulate(group, true, null);
        assertThat(group.rows.isEmpty()).isTrue();
        discrimination.accumulate(group, true, 5L);
        assertThat(discrimination.getValue(group)).isNull();
        discrimination.retract(group, true, 5L);
        assertThat(group.rows.isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<List<Respondent>> respondents() {
        return Combinators.combine(Arbitraries.longs().between(-1, 4), Arbitraries.of(true, false))
                .as(Respondent::new)
                .list()
                .ofMaxSize(12);
    }

    /** The number of ways to order ties in which the respondent is in a group, over all: counted place by place. */
    static @Nullable Double discriminationOf(List<Respondent> respondents) {
        int size = respondents.size();
        int places = (int) Math.floor(0.27 * size + 0.5);
        if (places == 0) {
            return null;
        }
        long multiple = 1; // of every number up to size, so that shares are whole
        for (int i = 2; i <= size; i++) {
            multiple = multiple / gcd(multiple, i) * i;
        }
        List<Respondent> rising = new ArrayList<>(respondents);
        rising.sort(Comparator.comparingLong(Respondent::score));
        long difference = 0;
        for (Respondent respondent : respondents) {
            long inUpper = 0;
            long inLower = 0;
            long tied = 0;
            for (int place = 0; place < size; place++) {
                if (rising.get(place).score() == respondent.score()) {
                    tied++;
                    inLower += place < places ? 1 : 0;
                    inUpper += place >= size - places ? 1 : 0;
                }
            }
            difference += respondent.correct() ? (inUpper - inLower) * (multiple / tied) : 0;
        }
        return difference / (double) (multiple * places);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
