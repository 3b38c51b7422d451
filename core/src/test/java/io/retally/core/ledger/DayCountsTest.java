package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.ledger.Plan.LessonPlan;
import io.retally.core.total.Vectors;
import io.retally.core.zone.TimeZone;
import io.retally.core.zone.TimeZones;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Counts of days are linear in the facts: only differences need to be counted. */
class DayCountsTest {

    private static final LessonPlan LESSON = new LessonPlan(3, true, Set.of("q0", "q1"), 2);
    private static final TimeZone ZONE = TimeZones.zone("America/St_Johns");

    @Property
    void theCountsOfASumAreTheSumOfTheCounts(
            @ForAll("differences") List<AnyFacts.Signed> left, @ForAll("differences") List<AnyFacts.Signed> right) {
        DayCounts both = new DayCounts();
        both.add(1, AnyFacts.sum(left), LESSON, ZONE);
        both.add(1, AnyFacts.sum(right), LESSON, ZONE);
        DayCounts sum = new DayCounts();
        sum.add(1, AnyFacts.sum(left).plus(AnyFacts.sum(right)), LESSON, ZONE);
        assertThat(text(sum)).isEqualTo(text(both));
    }

    @Property
    void theCountsOfANegationAreTheNegatedCounts(@ForAll("differences") List<AnyFacts.Signed> facts) {
        DayCounts subtracted = new DayCounts();
        subtracted.add(-1, AnyFacts.sum(facts), LESSON, ZONE);
        DayCounts negated = new DayCounts();
        negated.add(1, AnyFacts.negation(facts), LESSON, ZONE);
        assertThat(text(negated)).isEqualTo(text(subtracted));
    }

    @Property
    void aLessonThatIsNotInThePlanCountsNothing(@ForAll("differences") List<AnyFacts.Signed> facts) {
        DayCounts counts = new DayCounts();
        counts.add(1, AnyFacts.sum(facts), null, ZONE);
        assertThat(text(counts)).isEmpty();
    }

    @Test
    void aDayWithMessagesAloneIsNotActive() {
        assertThat(DayCounts.share(new long[] {2, 0, 0, 0, 0, 0})).containsExactly(1, 0, 2, 0, 0, 0, 0, 0);
        assertThat(DayCounts.share(new long[] {2, 0, 0, 0, 5, 0})).containsExactly(1, 1, 2, 0, 0, 0, 5, 0);
        assertThat(DayCounts.share(new long[6])).containsOnly(0);
    }

    private static Map<Integer, String> text(DayCounts counts) {
        Map<Integer, String> text = new TreeMap<>();
        counts.byDay().forEach((day, numbers) -> {
            if (!Vectors.isZero(numbers)) {
                text.put(day, LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(" ")));
            }
        });
        return text;
    }

    @Provide
    Arbitrary<List<AnyFacts.Signed>> differences() {
        return AnyFacts.differences();
    }
}
