package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** {@link ExactPercentile} and {@link Sessions} against their definitions over the rows that are left. */
class DistributionsTest {

    private final ExactPercentile percentile = new ExactPercentile();
    private final Sessions sessions = new Sessions();

    @Property
    void equalTheirDefinitionsAfterRetractionsInAnyOrder(
            @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> kept,
            @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> retracted,
            @ForAll @IntRange(max = 100) int percent,
            @ForAll @IntRange(max = 4) int gapMinutes,
            @ForAll Random random)
            throws Exception {
        List<int[]> steps = new ArrayList<>();
        kept.forEach(number -> steps.add(new int[] {number, 1}));
        retracted.forEach(number -> Collections.addAll(steps, new int[] {number, 1}, new int[] {number, -1}));
        Collections.shuffle(steps, random);
        List<ExactPercentile.Numbers> numbers = List.of(percentile.createAccumulator(), percentile.createAccumulator());
        List<Sessions.Moments> moments = List.of(sessions.createAccumulator(), sessions.createAccumulator());
        for (int[] step : steps) {
            int part = random.nextInt(2);
            long number = step[0];
            Instant at = Instant.ofEpochSecond(60 * number);
            if (step[1] > 0) {
                percentile.accumulate(numbers.get(part), number, percent);
                sessions.accumulate(moments.get(part), at, gapMinutes);
            } else {
                percentile.retract(numbers.get(part), number, percent);
                sessions.retract(moments.get(part), at, gapMinutes);
            }
        }
        ExactPercentile.Numbers allNumbers = percentile.createAccumulator();
        Sessions.Moments allMoments = sessions.createAccumulator();
        percentile.merge(allNumbers, numbers);
        sessions.merge(allMoments, moments);
        assertThat(percentile.getValue(allNumbers)).isEqualTo(percentileOf(kept, percent));
        assertThat(sessions.getValue(allMoments)).isEqualTo(sessionsOf(kept, gapMinutes));
    }

    @Example
    void anUnusableRowIsIgnored() throws Exception {
        ExactPercentile.Numbers numbers = percentile.createAccumulator();
        percentile.accumulate(numbers, null, 50);
        percentile.accumulate(numbers, 1L, null);
        percentile.accumulate(numbers, 1L, 101);
        percentile.accumulate(numbers, 1L, -1);
        assertThat(percentile.getValue(numbers)).isNull();
        Sessions.Moments moments = sessions.createAccumulator();
        sessions.accumulate(moments, null, 30);
        sessions.accumulate(moments, Instant.EPOCH, null);
        sessions.accumulate(moments, Instant.EPOCH, -1);
        assertThat(sessions.getValue(moments)).isNull();
    }

    @Example
    void rowsMustAgreeAboutTheParameter() throws Exception {
        ExactPercentile.Numbers numbers = percentile.createAccumulator();
        percentile.accumulate(numbers, 1L, 50);
        assertThatThrownBy(() -> percentile.accumulate(numbers, 1L, 51)).hasMessageContaining("50 and 51");
        Sessions.Moments moments = sessions.createAccumulator();
        sessions.accumulate(moments, Instant.EPOCH, 30);
        assertThatThrownBy(() -> sessions.accumulate(moments, Instant.EPOCH, 31))
                .hasMessageContaining("30 and 31");
    }

    /** By rank among the sorted rows. */
    static @Nullable Long percentileOf(List<Integer> numbers, int percent) {
        List<Integer> sorted = numbers.stream().sorted().toList();
        int rank = Math.max(1, (numbers.size() * percent + 99) / 100);
        return sorted.isEmpty() ? null : (Long) (long) sorted.get(rank - 1);
    }

    /** A minute begins a session if no other lies within the gap before it. */
    static @Nullable Long sessionsOf(List<Integer> minutes, int gapMinutes) {
        long begins = minutes.stream()
                .distinct()
                .filter(minute -> minutes.stream().noneMatch(o -> o < minute && minute - o <= gapMinutes))
                .count();
        return begins == 0 ? null : (Long) begins;
    }
}
