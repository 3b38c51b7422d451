package io.retally.bench.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark, small. It succeeds only if every assignment came and went, and all tables are true in the end. What it
 * measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AssignmentsBenchITCase {
    @Test
    void bothStacksAreLoadedAndEveryKindIsProbed(@TempDir Path folder) throws Exception {
        JsonNode result = BenchRun.succeed(
                folder, "assignments", "--interactions", "5000", "--runs", "1", "--rate", "200", "--probes", "2");
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
