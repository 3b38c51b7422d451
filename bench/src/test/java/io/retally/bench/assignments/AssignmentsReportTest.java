package io.retally.bench.assignments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentsReportTest {
    /** Alone 1,000 changes/s for 100 µs each; beside, 600 for 160. */
    private static final AssignmentsReport REPORT = new AssignmentsReport(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench assignments --interactions 5",
                    Instant.parse("2026-01-02T03:04:05Z")),
            5_000,
            Duration.ofMillis(500),
            List.of(new CatchingUp(6_000, Duration.ofSeconds(6), Duration.ofMillis(600))),
            List.of(new CatchingUp(6_000, Duration.ofSeconds(10), Duration.ofMillis(960))),
            1_999.6,
            Map.of(
                    Probe.REMOVED,
                    new Distribution(List.of(Duration.ofMillis(420), Duration.ofMillis(310), Duration.ofMillis(600)))));

    @Test
    void jsonHasBothSpeedsTheirRatiosAndProbes() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("assignments");
        assertThat(json.at("/alone/changes_per_second").asLong()).isEqualTo(1_000);
        assertThat(json.at("/alone/cpu_us_per_change").asDouble()).isEqualTo(100);
        assertThat(json.at("/beside/changes_per_second").asLong()).isEqualTo(600);
        assertThat(json.at("/ratios/speed").asDouble()).isCloseTo(0.6, within(1e-9));
        assertThat(json.at("/ratios/cpu").asDouble()).isCloseTo(1.6, within(1e-9));
        assertThat(json.at("/ratios/utilisation").asDouble()).isCloseTo(0.96, within(1e-9));
        assertThat(json.at("/written_changes_per_second").asLong()).isEqualTo(2_000);
        assertThat(json.at("/probes/removed/p50_ms").asDouble()).isEqualTo(420);
    }

    @Test
    void thePageHasThemToo() {
        assertThat(REPORT.markdown())
                .contains("| alone | 1 | 1,000 | 100.0 µs |\n")
                .contains("Its speed is 0.60 of that alone, and CPU time is 1.60 times as much; the product, 0.96,")
                .contains("| a contact removed: its assignments go | 3 | 420 | 600 | 600 |\n")
                .endsWith("`./retally bench assignments --interactions 5`\n");
    }
}
