package io.retally.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.stack.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void contendersWarmUpAndThenTakeTurns() throws Exception {
        Testing a = new Testing("a");
        Testing b = new Testing("b");
        Map<Contender, List<Run>> runs = Series.run(List.of(a, b), 3, line -> {});
        assertThat(order).containsExactly("a", "b", "a", "b", "b", "a", "a", "b");
        // The first run of each, which took a second, is not among them.
        assertThat(runs.get(a)).extracting(Run::wall).containsExactly(seconds(2), seconds(3), seconds(4));
        assertThat(runs.get(b)).hasSize(3);
    }

    @Test
    void figuresAreMediansOfTheirOwn() {
        List<Run> runs = List.of(
                new Run(
                        seconds(2),
                        Map.of(Part.TASKMANAGER, seconds(6), Part.KAFKA, seconds(1)),
                        Map.of("x", seconds(4))),
                new Run(
                        seconds(4),
                        Map.of(Part.TASKMANAGER, seconds(2), Part.KAFKA, seconds(2)),
                        Map.of("x", seconds(2))),
                new Run(
                        seconds(1),
                        Map.of(Part.TASKMANAGER, seconds(4), Part.KAFKA, seconds(9)),
                        Map.of("y", seconds(3))));
        Figures figures = Figures.of(new Testing("a"), runs, 1_000_000);
        assertThat(figures.changesPerSecond()).containsExactly(500_000.0, 250_000.0, 1_000_000.0);
        assertThat(figures.medianChangesPerSecond()).isEqualTo(500_000);
        assertThat(figures.cpuMicros())
                .containsEntry("taskmanager", 4.0)
                .containsEntry("kafka", 2.0)
                .containsEntry("postgres", 0.0)
                .containsEntry("all", 7.0); // of 7, 4 and 13
        assertThat(figures.stageCpuMicros()).isEqualTo(Map.of("x", 2.0, "y", 0.0));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Its n-th run takes n seconds. */
    private final class Testing implements Contender {
        private final String name;
        private int runs;

        Testing(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "contender " + name;
        }

        @Override
        public Run run() {
            order.add(name);
            runs++;
            return new Run(seconds(runs), Map.of(), Map.of());
        }
    }
}
