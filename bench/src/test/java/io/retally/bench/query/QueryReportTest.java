package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Machine;
import io.retally.bench.result.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryReportTest {
    private static final QueryReport REPORT = new QueryReport(
            new Provenance(
                    new Machine("A processor", 2, "24 GiB", "Linux", "OpenJDK", "abc123"),
                    "./retally bench query --interactions 5",
                    Instant.parse("2026-01-02T03:04:05Z")),
            new QueryReport.Data(2_000_000, 2_050_000, 1, 7_012),
            Duration.ofSeconds(1),
            16,
            1_999.6,
            List.of(waited(1, 1_000, 0), waited(300, 4_000, 2)),
            List.of(new Trial.Taken(
                    "postgres",
                    "PostgreSQL 18",
                    Map.of(Question.OVERVIEW, distribution(2_000_000), Question.REPS, distribution(2_202_000)))));

    private static Distribution distribution(long micros) {
        return new Distribution(List.of(
                Duration.ofNanos(micros * 1_000), Duration.ofNanos(micros * 1_000), Duration.ofNanos(micros * 2_000)));
    }

    /** The first question takes so long, and each other 100 µs more than the one before. The last is not asked. */
    private static Managers.Waited waited(int managers, long micros, long errors) {
        Map<Question, Distribution> questions = new EnumMap<>(Question.class);
        for (Question question : Question.values()) {
            if (question != Question.STUCK) {
                questions.put(question, distribution(micros + 100L * question.ordinal()));
            }
        }
        return new Managers.Waited(managers, questions, errors, Optional.empty());
    }

    @Test
    void jsonHasWhatManagersWaitedAndPeersTook() {
        JsonNode json = REPORT.json();
        assertThat(json.at("/benchmark").asText()).isEqualTo("query");
        assertThat(json.at("/reps").asLong()).isEqualTo(7_012);
        assertThat(json.at("/load_changes_per_second").asLong()).isEqualTo(2_000);
        assertThat(json.at("/managers/1/managers").asInt()).isEqualTo(300);
        assertThat(json.at("/managers/1/errors").asInt()).isEqualTo(2);
        assertThat(json.at("/managers/1/all/count").asInt()).isEqualTo(24);
        assertThat(json.at("/managers/0/questions/reps/p50_ms").asDouble()).isEqualTo(1.1);
        assertThat(json.at("/managers/0/questions/reps/p99_ms").asDouble()).isEqualTo(2.2);
        assertThat(json.at("/managers/0/questions").has("stuck")).isFalse();
        JsonNode peer = json.at("/peers/postgres/questions");
        assertThat(peer.at("/overview/times").asDouble()).isEqualTo(2_000);
        assertThat(peer.at("/reps/times").asDouble()).isEqualTo(2_001.8);
        assertThat(peer.at("/funnel/no_answer_after_ms").asLong()).isEqualTo(120_000);
    }

    @Test
    void thePageHasThemToo() {
        assertThat(REPORT.markdown())
                .startsWith(
                        "2,000,000 interactions (2,050,000 changes) loaded before, programs: 1, of 7,012 reps; 2,000 changes/s")
                .contains("| question | managers: 1 | managers: 300 |\n|---|---:|---:|\n")
                .contains("| one rep's lessons | 1.2, 2.4 | 4.2, 8.4 |\n")
                .contains("| where a team is stuck: a JOIN over four tables | not asked | not asked |\n")
                .contains("| asked | 24 | 26 |\n| errors | 0 | 2 |\n")
                .contains("| question | PostgreSQL 18 |\n|---|---:|\n")
                .contains("| 2,202.0 (2,001.8) |\n")
                .contains("| one rep's lessons | none after 120 s |\n")
                .endsWith("`./retally bench query --interactions 5`\n");
    }
}
