package io.retally.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Page;
import io.retally.bench.result.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Report REPORT = new Report(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench ingest --interactions 5",
                    Instant.parse("2026-01-02T03:04:05.678Z")),
            new Arena.Logs(1_000, 1_007),
            List.of(
                    figures(
                            "rep_progress",
                            30_000,
                            Map.of("keep-ledgers", 4.567, "fetch", 5.0, "timer", 0.02, "flusher", 0.01)),
                    figures("ceiling_source_decode_state", 120_000, Map.of()),
                    figures("flink_sql", 10_000, Map.of()),
                    figures("kafka_streams", 20_000, Map.of())));

    private static Figures figures(String name, double rate, Map<String, Double> stages) {
        Map<String, Double> cpu =
                Map.of("all", 10.0, "taskmanager", 7.0, "postgres", 1.5, "kafka", 1.0, "jobmanager", 0.5, "peer", 0.0);
        return new Figures(name, "what " + name + " does", List.of(rate), rate, cpu, stages);
    }

    @Test
    void jsonHasFiguresRatiosAndHowTheyCameAbout() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("ingest");
        assertThat(json.at("/ratios/ceiling").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/ratios/flink_sql").asDouble()).isEqualTo(3.0);
        assertThat(json.at("/ratios/kafka_streams").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/commit").asText()).isEqualTo("abc123");
        assertThat(json.at("/command").asText()).isEqualTo("./retally bench ingest --interactions 5");
        assertThat(json.at("/at").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.at("/machine/processor").asText()).isEqualTo("A processor");
        assertThat(json.at("/changes").asLong()).isEqualTo(1_000);
        assertThat(json.at("/contenders/rep_progress/changes_per_second").asLong())
                .isEqualTo(30_000);
        assertThat(json.at("/contenders/rep_progress/cpu_micros_per_change/postgres")
                        .asDouble())
                .isEqualTo(1.5);
        assertThat(json.at("/contenders/rep_progress/taskmanager_cpu_micros_per_change_by_stage/keep-ledgers")
                        .asDouble())
                .isEqualTo(4.57);
    }

    @Test
    void thePageKeepsWhatIsOutsideTheMarks() {
        String page = "before\n<!-- ingest: begin -->\nold\n<!-- ingest: end -->\nafter\n";
        String now = Page.with(page, "ingest", REPORT.markdown());
        assertThat(now)
                .startsWith("before\n<!-- ingest: begin -->\n1,000 changes")
                .contains("| what rep_progress does | 30,000 | 10.0 | 7.0 | 1.5 | 1.0 | 0.5 | 0.0 |")
                .contains("ceiling 0.250", "Commit `abc123`")
                .doesNotContain("old")
                .endsWith("<!-- ingest: end -->\nafter\n");
        assertThat(Page.with(now, "ingest", REPORT.markdown())).isEqualTo(now);
    }

    @Test
    void thePageHasTheCostliestStagesFirst() {
        assertThat(REPORT.markdown())
                .contains("| fetch | 5.00 |\n| keep-ledgers | 4.57 |\n| all others | 0.03 |\n")
                .doesNotContain("timer");
    }
}
