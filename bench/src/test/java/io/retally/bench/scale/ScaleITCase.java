package io.retally.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark, small. It succeeds only if all slices were published and the tables are right at the end of each run.
 * What it measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ScaleITCase {
    @Test
    void bothCurvesAreMeasured(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "<!-- scale: begin -->\n<!-- scale: end -->\n");
        JsonNode result = BenchRun.succeed(
                folder,
                "scale",
                "--interactions",
                "4000",
                "--slice",
                "2000",
                "--reps",
                "40",
                "--program-reps",
                "10,40",
                "--verify-state",
                "--markdown",
                page.toString());
        assertThat(result.at("/state/points").findValuesAsText("interactions")).containsExactly("2000", "4000");
        assertThat(result.at("/programs/points").findValuesAsText("program_reps"))
                .containsExactly("10", "40");
        result.at("/state/points").forEach(point -> requireMeasured(point, 2_000));
        result.at("/programs/points").forEach(point -> requireMeasured(point, 8_000));
        assertThat(Files.readString(page)).contains("](images/scale-state.png)");
        assertThat(folder.resolve("images/scale-state.png")).isNotEmptyFile();
        assertThat(folder.resolve("images/scale-programs.png")).isNotEmptyFile();
    }

    private static void requireMeasured(JsonNode point, long changesAtLeast) {
        assertThat(point.path("changes").asLong()).isBetween(changesAtLeast, changesAtLeast * 2);
        JsonNode cpu = point.path("cpu_micros_per_change");
        assertThat(cpu.path("taskmanager").asDouble()).isPositive();
        assertThat(cpu.path("all").asDouble())
                .isGreaterThan(cpu.path("taskmanager").asDouble());
    }
}
