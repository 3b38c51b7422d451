package io.retally.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Provenance;
import io.retally.bench.scale.Curve.Point;
import io.retally.devkit.stack.Part;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    private static final ScaleReport REPORT = new ScaleReport(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench scale --interactions 5",
                    Instant.parse("2026-01-02T03:04:05Z")),
            100_000,
            1_000_000,
            new TreeMap<>(Map.of(
                    Growth.STATE,
                    new Curve(List.of(point(1_000_000, 20), point(2_000_000, 30), point(3_000_000, 24))),
                    Growth.PROGRAMS,
                    new Curve(List.of(point(100, 20), point(1_000, 19))))));

    /** The task manager has all but 5 µs a change. */
    private static Point point(long size, int micros) {
        return new Point(
                size,
                new Cost(
                        1_000,
                        Map.of(
                                Part.TASKMANAGER, Duration.ofMillis(micros - 5),
                                Part.POSTGRES, Duration.ofMillis(3),
                                Part.KAFKA, Duration.ofMillis(1),
                                Part.JOBMANAGER, Duration.ofMillis(1)),
                        Duration.ofMillis(2)));
    }

    @Test
    void jsonHasEachCurve() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("scale");
        assertThat(json.at("/reps").asInt()).isEqualTo(100_000);
        assertThat(json.at("/state/ratio").asDouble()).isEqualTo(1.2);
        assertThat(json.at("/state/highest_ratio").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/state/points/1/interactions").asLong()).isEqualTo(2_000_000);
        assertThat(json.at("/state/points/1/changes").asLong()).isEqualTo(1_000);
        assertThat(json.at("/state/points/1/cpu_micros_per_change/all").asDouble())
                .isEqualTo(30);
        assertThat(json.at("/state/points/1/cpu_micros_per_change/taskmanager").asDouble())
                .isEqualTo(25);
        assertThat(json.at("/state/points/1/just_in_time_compiler_micros_per_change")
                        .asDouble())
                .isEqualTo(2);
        assertThat(json.at("/programs/ratio").asDouble()).isEqualTo(0.95);
        assertThat(json.at("/programs/points/1/program_reps").asLong()).isEqualTo(1_000);
    }

    @Test
    void thePageHasPicturesAndTables() {
        assertThat(REPORT.markdown())
                .startsWith("100,000 reps; from one measurement to the next 1,000,000 interactions are inserted.")
                .contains("](images/scale-state.png)", "](images/scale-programs.png)")
                .contains("| interactions in state | all |", "| reps a program | all |")
                .contains("| 3,000,000 | 24.0 | 19.0 | 3.0 | 1.0 | 1.0 | 2.0 |\n")
                .contains("The last divided by the first: 1.20. The highest of all 3 measurements: 1.50.")
                .endsWith("`./retally bench scale --interactions 5`\n");
    }

    /** Whether it is a good picture nobody but a reader can tell; that it is one, and has the lines' colours, a test can. */
    @Test
    void eachCurveHasItsPicture() throws Exception {
        Map<String, byte[]> pictures = REPORT.pictures();
        assertThat(pictures.keySet()).containsExactlyInAnyOrder("images/scale-state.png", "images/scale-programs.png");
        for (byte[] png : pictures.values()) {
            BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
            assertThat(image.getWidth()).isEqualTo(1_200);
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            assertThat(pixels).contains(0xff1b4f8f, 0xffd9822b);
        }
    }
}
