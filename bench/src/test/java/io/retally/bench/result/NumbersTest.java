package io.retally.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void ofAnEvenNumberTheMedianIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Numbers.median(new double[] {9, 1, 3})).isEqualTo(3);
        assertThat(Numbers.median(new double[] {9, 1, 3, 4})).isEqualTo(3.5);
    }

    @Test
    void aQuantileIsTheSmallestThatSoManyDoNotExceed() {
        List<Duration> durations = new ArrayList<>(
                IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());
        Collections.shuffle(durations, new Random(7));
        Distribution distribution = new Distribution(durations);
        assertThat(distribution.count()).isEqualTo(200);
        assertThat(distribution.p50()).isEqualTo(Duration.ofMillis(100));
        assertThat(distribution.p99()).isEqualTo(Duration.ofMillis(198));
        assertThat(distribution.max()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void ofFewTheHighQuantileIsTheLongest() {
        Distribution distribution = new Distribution(List.of(Duration.ofNanos(2_340_000), Duration.ofNanos(1_260_000)));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        distribution.addTo(json);
        assertThat(json.toString()).isEqualTo("{\"count\":2,\"p50_ms\":1.3,\"p99_ms\":2.3,\"max_ms\":2.3}");
        assertThatThrownBy(() -> new Distribution(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
