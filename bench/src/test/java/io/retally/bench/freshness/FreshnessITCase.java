package io.retally.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import io.retally.bench.probe.Kind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark, small. It succeeds only if every probe was seen in every table at once, and all tables are true in the
 * end. What it measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FreshnessITCase {
    @Test
    void everyKindIsProbedAtEveryRate(@TempDir Path folder) throws Exception {
        JsonNode result = BenchRun.succeed(
                folder,
                "freshness",
                "--interactions",
                "10000",
                "--rates",
                "0.25,0.5",
                "--limit",
                "1000",
                "--minutes",
                "0",
                "--contact-interactions",
                "2000",
                "--program-reps",
                "60");
        assertThat(result.path("changes").asLong()).isGreaterThan(12_000);
        assertThat(result.path("limit_changes_per_second").asLong()).isEqualTo(1_000);
        assertThat(result.path("limit_measured").asBoolean()).isFalse();
        assertThat(result.path("loads")).hasSize(2);
        for (JsonNode load : result.path("loads")) {
            assertThat(load.path("written_changes_per_second").asDouble()).isPositive();
            for (Kind kind : Kind.values()) {
                JsonNode figures = load.path("kinds").path(kind.label());
                boolean twoARound = kind == Kind.TEAM_MOVE || kind == Kind.PROGRAM_EDIT;
                assertThat(figures.path("count").asInt()).isEqualTo(twoARound ? 2 : 1);
                assertThat(figures.path("tables").asInt()).isPositive();
                assertThat(figures.path("p50_ms").asDouble())
                        .isPositive()
                        .isLessThanOrEqualTo(figures.path("p99_ms").asDouble());
                assertThat(figures.path("p99_ms").asDouble())
                        .isLessThanOrEqualTo(figures.path("max_ms").asDouble());
            }
        }
    }
}
