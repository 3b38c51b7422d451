package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Lesson;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Scalar functions against core. */
class ScalarsTest {

    private final SegmentOfSecond segmentOfSecond = new SegmentOfSecond();
    private final LocalDay localDay = new LocalDay();

    @Property
    void theLastSecondOfAVideoLiesInItsLastSegment(@ForAll @IntRange(min = 1, max = 86_400) int videoSeconds) {
        Lesson lesson = new Lesson("id", "title", videoSeconds, true, List.of());
        assertThat(segmentOfSecond.eval(videoSeconds - 1)).isEqualTo(lesson.segmentsTotal() - 1);
    }

    @Example
    void noSecondHasNoSegment() {
        assertThat(segmentOfSecond.eval(null)).isNull();
        assertThat(segmentOfSecond.eval(-1)).isNull();
    }

    @Property
    void theDayIsTheOneThatCoreCountsBy(@ForAll("moments") long at, @ForAll("zones") String timeZone) {
        LocalDate day = localDay.eval(Instant.ofEpochMilli(at), timeZone);
        assertThat(new CoreRep(15, timeZone, List.of(0), List.of(at)).days())
                .containsExactly(day == null ? null : Math.toIntExact(day.toEpochDay()));
    }

    @Example
    void noRegionNoDay() {
        assertThat(localDay.eval(null, "UTC")).isNull();
        assertThat(localDay.eval(Instant.EPOCH, null)).isNull();
        assertThat(localDay.eval(Instant.EPOCH, "UTC+3")).isNull();
        assertThat(localDay.eval(Instant.EPOCH, "+05:30")).isNull();
    }

    @Provide
    Arbitrary<Long> moments() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("0001-01-02T00:00:00Z").toEpochMilli(),
                        Instant.parse("9999-12-30T00:00:00Z").toEpochMilli());
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC",
                "America/Chicago",
                "Asia/Kathmandu",
                "Pacific/Apia",
                "America/Sao_Paulo",
                "Europe/Dublin",
                "CET",
                "EST");
    }
}
