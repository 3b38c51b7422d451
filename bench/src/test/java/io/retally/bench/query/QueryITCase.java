package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark, small, with the peers that there are. It succeeds only if each peer's answers are those of the tables, row
 * by row, and all tables are true in the end. What it measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class QueryITCase {
    private static final int SAMPLES = 5;

    @Test
    void everyQuestionIsAnsweredByTheTablesAndByEachPeer(@TempDir Path folder) throws Exception {
        JsonNode result = BenchRun.succeed(
                folder,
                "query",
                "--interactions",
                "40000",
                "--managers",
                "1,4",
                "--think",
                "5",
                "--seconds",
                "12",
                "--rate",
                "100",
                "--samples",
                Integer.toString(SAMPLES),
                "--runs",
                "1");
        assertThat(result.path("changes").asLong()).isGreaterThan(40_000);
        assertThat(result.path("reps").asLong()).isBetween(3_500L, 7_500L);
        assertThat(result.path("load_changes_per_second").asDouble()).isPositive();
        List<String> peers = new ArrayList<>(List.of("postgres", "duckdb"));
        if (MariaDbServer.isInstalled()) {
            peers.add(1, "mariadb");
        }
        assertThat(result.path("peers").fieldNames()).toIterable().containsExactlyElementsOf(peers);
        assertThat(result.path("managers")).hasSize(2);
        for (JsonNode managers : result.path("managers")) {
            assertThat(managers.path("errors").asLong()).isZero();
            for (Question question : Question.values()) {
                JsonNode figures = managers.path("questions").path(question.label());
                assertThat(figures.path("count").asInt()).as(question.label()).isPositive();
                assertThat(figures.path("p50_ms").asDouble())
                        .isPositive()
                        .isLessThanOrEqualTo(figures.path("p99_ms").asDouble());
            }
        }
        for (JsonNode peer : result.path("peers")) {
            for (Question question : Question.values()) {
                JsonNode figures = peer.path("questions").path(question.label());
                assertThat(figures.path("count").asInt()).as(question.label()).isEqualTo(SAMPLES);
                assertThat(figures.path("times").asDouble())
                        .as(question.label())
                        .isPositive();
            }
        }
        assertThat(folder.resolve("stack/query")).doesNotExist();
    }
}
