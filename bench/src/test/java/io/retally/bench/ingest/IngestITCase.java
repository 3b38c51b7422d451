package io.retally.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark on a small company. It succeeds only if each contender read every change and the tables are right. What
 * it measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class IngestITCase {
    @Test
    void everyContenderReadsEveryChange(@TempDir Path folder) throws Exception {
        JsonNode result = BenchRun.succeed(folder, "ingest", "--interactions", "20000", "--runs", "2");
        assertThat(result.path("changes").asLong()).isGreaterThan(20_000);
        assertThat(result.path("ratios").fieldNames()).toIterable().contains("flink_sql", "kafka_streams", "ceiling");
        assertThat(result.path("contenders").fieldNames())
                .toIterable()
                .containsExactly(
                        "rep_progress",
                        "flink_sql",
                        "ceiling_source",
                        "ceiling_source_decode",
                        "ceiling_source_decode_state",
                        "kafka_streams");
        result.path("contenders").properties().forEach(contender -> {
            assertThat(contender.getValue().path("changes_per_second_runs")).hasSize(2);
            String process = contender.getKey().equals("kafka_streams") ? "peer" : "taskmanager";
            assertThat(contender
                            .getValue()
                            .path("cpu_micros_per_change")
                            .path(process)
                            .asDouble())
                    .isPositive();
        });
        assertThat(result.at("/contenders/rep_progress/taskmanager_cpu_micros_per_change_by_stage")
                        .fieldNames())
                .toIterable()
                .anyMatch(stage -> stage.contains("keep-ledgers"))
                .anyMatch(stage -> stage.contains("decode-changes"));
    }
}
