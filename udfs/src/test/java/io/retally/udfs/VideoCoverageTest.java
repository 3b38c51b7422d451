package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.udfs.VideoCoverage.Watched;
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

/** The arithmetic of {@link VideoCoverage}, without a planner. */
class VideoCoverageTest {

    private static final int VIDEO_SECONDS = 110;
    private static final int SEGMENTS_TOTAL = 8;

    private final VideoCoverage coverage = new VideoCoverage();

    @Property
    void equalsCoreAfterRetractionsInAnyOrder(
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 9) Integer> kept,
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 9) Integer> retracted,
            @ForAll Random random)
            throws Exception {
        List<Runnable> steps = new ArrayList<>();
        Watched watched = coverage.createAccumulator();
        accumulate(watched, null); // the rep, left-joined to nothing
        kept.forEach(segment -> steps.add(() -> accumulate(watched, segment)));
        retracted.forEach(segment -> {
            steps.add(() -> accumulate(watched, segment));
            steps.add(() -> retract(watched, segment));
        });
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        assertThat(coverage.getValue(watched)).isEqualTo(expected(kept));
    }

    @Property
    void partsMergeIntoTheWhole(
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 9) Integer> left,
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 9) Integer> right)
            throws Exception {
        Watched whole = coverage.createAccumulator();
        Watched leftPart = coverage.createAccumulator();
        Watched rightPart = coverage.createAccumulator();
        accumulate(leftPart, null);
        left.forEach(segment -> accumulate(leftPart, segment));
        right.forEach(segment -> accumulate(rightPart, segment));
        coverage.merge(whole, List.of(leftPart, rightPart));
        List<Integer> all = new ArrayList<>(left);
        all.addAll(right);
        assertThat(coverage.getValue(whole)).isEqualTo(expected(all));
    }

    @Example
    void allRetractedLeavesNothing() throws Exception {
        Watched watched = coverage.createAccumulator();
        retract(watched, 3);
        accumulate(watched, 3);
        assertThat(coverage.getValue(watched)).isNull();
        assertThat(watched.rowsByTotal).isEmpty();
        assertThat(watched.rowsBySegment.isEmpty()).isTrue();
    }

    @Example
    void withoutAVideoThereIsNoProportion() throws Exception {
        Watched watched = coverage.createAccumulator();
        coverage.accumulate(watched, 0, null);
        coverage.accumulate(watched, 0, 0);
        assertThat(coverage.getValue(watched)).isNull();
    }

    @Example
    void anEditedVideoIsTheNewOneOnceItsRowsAre() throws Exception {
        Watched watched = coverage.createAccumulator();
        coverage.accumulate(watched, 5, 8);
        coverage.accumulate(watched, 1, 8);
        for (int segment : new int[] {5, 1}) {
            coverage.retract(watched, segment, 8);
            coverage.accumulate(watched, segment, 4);
        }
        assertThat(coverage.getValue(watched)).isEqualTo(0.25);
    }

    private static double expected(List<Integer> segments) {
        List<Long> times = Collections.nCopies(segments.size(), 0L);
        return new CoreRep(VIDEO_SECONDS, "UTC", segments, times).segmentsWatched() / (double) SEGMENTS_TOTAL;
    }

    private void accumulate(Watched watched, @Nullable Integer segment) {
        try {
            coverage.accumulate(watched, segment, SEGMENTS_TOTAL);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void retract(Watched watched, int segment) {
        try {
            coverage.retract(watched, segment, SEGMENTS_TOTAL);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
