package io.retally.bench.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retally.bench.BenchCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole benchmark, small. It succeeds only if every assignment came and went, and all tables are true in the end. What it
 * measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AssignmentsBenchITCase {
    @Test
    void bothStacksAreLoadedAndEveryKindIsProbed(@TempDir Path folder) throws Exception {
        System.setProperty(
                "retally.home", Path.of("..").toAbsolutePath().normalize().toString());
        Path json = folder.resolve("assignments.json");
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        int exitCode = new CommandLine(new BenchCommand())
                .setOut(out)
                .setErr(out)
                .execute(
                        "assignments",
                        "--interactions",
                        "5000",
                        "--runs",
                        "1",
                        "--rate",
                        "200",
                        "--probes",
                        "2",
                        "--json",
                        json.toString(),
                        "--dir",
                        folder.resolve("stack").toString());
        assertThat(exitCode).isZero();
        JsonNode result = new ObjectMapper().readTree(Files.readString(json));
        for (String stack : new String[] {"alone", "beside"}) {
            assertThat(result.path(stack).path("changes_per_second").asLong()).isPositive();
            assertThat(result.path(stack).path("cpu_us_per_change").asDouble()).isPositive();
        }
        assertThat(result.path("written_changes_per_second").asDouble()).isPositive();
        for (Probe probe : Probe.values()) {
            JsonNode figures = result.path("probes").path(probe.label());
            assertThat(figures.path("count").asInt()).isEqualTo(2);
            assertThat(figures.path("p50_ms").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(figures.path("max_ms").asDouble());
        }
    }
}
