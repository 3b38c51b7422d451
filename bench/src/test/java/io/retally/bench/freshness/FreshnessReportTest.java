package io.retally.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.probe.Kind;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Provenance;
import io.retally.bench.stack.BackgroundLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshnessReportTest {
    private static final FreshnessReport REPORT = new FreshnessReport(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench freshness --interactions 5",
                    Instant.parse("2026-01-02T03:04:05Z")),
            5,
            1_234,
            50_000,
            4_000,
            Duration.ofMillis(500),
            40_000,
            true,
            List.of(load(0.1, 400), load(0.5, 500)));

    /** An insert takes so long, and each other kind 100 ms more than the one before. */
    private static Freshness load(double share, int millis) {
        Map<Kind, Distribution> kinds = new EnumMap<>(Kind.class);
        Map<Kind, Integer> tables = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Duration took = Duration.ofMillis(millis + 100L * kind.ordinal());
            kinds.put(kind, new Distribution(List.of(took, took, took.plusMillis(9))));
            tables.put(kind, 8);
        }
        return new Freshness(share, share * 40_000, new BackgroundLoad.Written(0, share * 39_000), kinds, tables);
    }

    @Test
    void jsonHasEachKindAtEachLoad() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("freshness");
        assertThat(json.at("/epoch_ms").asLong()).isEqualTo(500);
        assertThat(json.at("/limit_changes_per_second").asLong()).isEqualTo(40_000);
        assertThat(json.at("/loads/1/changes_per_second").asLong()).isEqualTo(20_000);
        assertThat(json.at("/loads/1/written_changes_per_second").asLong()).isEqualTo(19_500);
        JsonNode removal = json.at("/loads/1/kinds/removal");
        assertThat(removal.path("count").asInt()).isEqualTo(3);
        assertThat(removal.path("tables").asInt()).isEqualTo(8);
        assertThat(removal.path("p50_ms").asDouble()).isEqualTo(800);
        assertThat(removal.path("max_ms").asDouble()).isEqualTo(809);
        assertThat(json.at("/loads/0/ratios/removal_to_insert_p50").asDouble()).isEqualTo(1.75);
    }

    @Test
    void thePageHasARowForEachKindAndAColumnForEachLoad() {
        assertThat(REPORT.markdown())
                .contains(
                        "| probe | tables | at 10 %: 3,900 changes/s | at 50 %: 19,500 changes/s |\n|---|---:|---:|---:|\n")
                .contains("| an interaction inserted | 8 | 400, 409, 409 (3) | 500, 509, 509 (3) |\n")
                .contains("A removal's p50 is that of an insert times: 1.75 at 10 %, 1.60 at 50 %.")
                .contains("The limit is 40,000 changes/s, as fast as that load was taken.")
                .endsWith("`./retally bench freshness --interactions 5`\n");
    }
}
