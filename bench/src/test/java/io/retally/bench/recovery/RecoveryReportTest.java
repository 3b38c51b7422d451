package io.retally.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.recovery.RecoveryReport.Drill;
import io.retally.bench.recovery.RecoveryReport.State;
import io.retally.bench.recovery.RecoveryReport.Volume;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryReportTest {
    private static final RecoveryReport REPORT = new RecoveryReport(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench recovery --interactions 5",
                    Instant.parse("2026-01-02T03:04:05Z")),
            2_000,
            new Volume(2_100, Duration.ofMillis(500)),
            990,
            List.of(new Drill(
                    "kill_kafka",
                    "SIGKILL of the broker: until fresh",
                    new Distribution(
                            List.of(Duration.ofMillis(4_210), Duration.ofMillis(3_140), Duration.ofMillis(6_000))))),
            new State(150_000, 2_500),
            new Volume(3_000, Duration.ofSeconds(2)));

    @Test
    void jsonHasWhatWasDoneStateAndRebuild() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("recovery");
        assertThat(json.at("/load_changes_per_second").asLong()).isEqualTo(4_200);
        assertThat(json.at("/background_changes_per_second").asLong()).isEqualTo(990);
        assertThat(json.at("/drills/kill_kafka/count").asInt()).isEqualTo(3);
        assertThat(json.at("/drills/kill_kafka/p50_ms").asDouble()).isEqualTo(4_210);
        assertThat(json.at("/state/bytes_per_interaction").asDouble()).isEqualTo(60);
        assertThat(json.at("/rebuild/messages_per_second").asLong()).isEqualTo(1_500);
    }

    @Test
    void thePageHasThemToo() {
        assertThat(REPORT.markdown())
                .contains("| SIGKILL of the broker: until fresh | 3 | 4.2 s | 6.0 s |\n")
                .contains(
                        "State: 60.0 bytes an interaction (a savepoint of 150,000 bytes, 2,500 interactions inserted).")
                .contains("Rebuild: 3,000 messages in 2.0 s, 1,500 a second.")
                .endsWith("`./retally bench recovery --interactions 5`\n");
    }
}
