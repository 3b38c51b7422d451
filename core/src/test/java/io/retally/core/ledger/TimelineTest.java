package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Timelines are an abelian group. */
class TimelineTest {

    @Property
    void theOrderDoesNotMatter(@ForAll("timelines") Timeline left, @ForAll("timelines") Timeline right) {
        assertThat(left.plus(right)).isEqualTo(right.plus(left));
    }

    @Property
    void theGroupingDoesNotMatter(
            @ForAll("timelines") Timeline first,
            @ForAll("timelines") Timeline second,
            @ForAll("timelines") Timeline third) {
        assertThat(first.plus(second).plus(third)).isEqualTo(first.plus(second.plus(third)));
    }

    @Property
    void nothingAddsNothing(@ForAll("timelines") Timeline timeline) {
        assertThat(timeline.plus(Timeline.EMPTY)).isEqualTo(timeline);
        assertThat(Timeline.EMPTY.plus(timeline)).isEqualTo(timeline);
    }

    @Property
    void aTimelineAndItsNegationAreNothing(@ForAll("timelines") Timeline timeline) {
        assertThat(timeline.plus(negation(timeline)).isEmpty()).isTrue();
        assertThat(timeline.plus(negation(timeline))).isEqualTo(Timeline.EMPTY);
    }

    @Property
    void timesRiseAndNoCountIsZero(@ForAll("timelines") Timeline left, @ForAll("timelines") Timeline right) {
        Timeline sum = left.plus(right);
        for (int i = 0; i < sum.size(); i++) {
            assertThat(sum.count(i)).isNotZero();
            assertThat(i == 0 || sum.time(i - 1) < sum.time(i)).isTrue();
        }
        assertThat(sum.total()).isEqualTo(left.total() + right.total());
    }

    @Property
    void isReadAsItWasWritten(@ForAll("timelines") Timeline timeline) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        timeline.write(new DataOutputStream(bytes));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        assertThat(Timeline.read(new DataInputStream(in))).isEqualTo(timeline);
        assertThat(in.available()).isZero();
    }

    @Test
    void aCountThatIsTooLargeIsNoSmallerOne() {
        Timeline many = Timeline.of(0, Integer.MAX_VALUE);
        assertThatThrownBy(() -> many.plus(Timeline.of(0, 1))).isInstanceOf(ArithmeticException.class);
    }

    static Timeline negation(Timeline timeline) {
        Timeline negation = Timeline.EMPTY;
        for (int i = 0; i < timeline.size(); i++) {
            negation = negation.plus(Timeline.of(timeline.time(i), -timeline.count(i)));
        }
        return negation;
    }

    @Provide
    Arbitrary<Timeline> timelines() {
        return Combinators.combine(AnyFacts.moment(), Arbitraries.of(1, 1, 1, -1, 2, -7, 1000))
                .as(Timeline::of)
                .list()
                .ofMaxSize(12)
                .map(timelines -> timelines.stream().reduce(Timeline.EMPTY, Timeline::plus));
    }
}
