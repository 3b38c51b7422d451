package io.retally.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retally.bench.scale.Curve.Point;
import io.retally.devkit.stack.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void ratiosAreOfCostsAChangeWithoutTheCompiler() {
        Curve curve = new Curve(Arrays.asList(point(1, 1_000, 20), point(2, 2_000, 60), point(5, 1_000, 22)));
        assertThat(curve.ratio()).isCloseTo(1.1, within(1e-9));
        assertThat(curve.highestRatio()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void aLongCurveIsShownAtRoundSizesAndAtItsEnd() {
        Curve curve = new Curve(LongStream.rangeClosed(1, 120)
                .mapToObj(times -> point(3_000 * times, 10, 1))
                .toList());
        assertThat(curve.shown())
                .extracting(Point::size)
                .containsExactly(3_000L, 6_000L, 15_000L, 30_000L, 60_000L, 150_000L, 300_000L, 360_000L);
    }

    @Test
    void costsAreAddedByPart() {
        Cost sum = new Cost(
                        10,
                        Map.of(Part.TASKMANAGER, Duration.ofMillis(2), Part.KAFKA, Duration.ofMillis(1)),
                        Duration.ofMillis(4))
                .plus(new Cost(
                        30,
                        Map.of(Part.TASKMANAGER, Duration.ofMillis(6), Part.KAFKA, Duration.ofMillis(1)),
                        Duration.ofMillis(4)));
        assertThat(sum.changes()).isEqualTo(40);
        assertThat(sum.micros(Part.TASKMANAGER)).isEqualTo(200);
        assertThat(sum.micros(Part.KAFKA)).isEqualTo(50);
        assertThat(sum.micros()).isEqualTo(250);
        assertThat(sum.compilerMicros()).isEqualTo(200);
    }

    private static Point point(long size, long changes, int millis) {
        return new Point(
                size, new Cost(changes, Map.of(Part.TASKMANAGER, Duration.ofMillis(millis)), Duration.ofSeconds(1)));
    }
}
