package io.retally.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.bench.BenchRun;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole benchmark, small. It succeeds only if changes could be read again after everything that was done, and all tables
 * are true in the end. What it measures is not judged.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RecoveryITCase {
    @Test
    void everythingIsRecoveredFrom(@TempDir Path folder) throws Exception {
        JsonNode result = BenchRun.succeed(
                folder, "recovery", "--interactions", "10000", "--runs", "1", "--rate", "200", "--pause", "0");
        assertThat(result.path("changes").asLong()).isGreaterThan(10_000);
        assertThat(result.path("background_changes_per_second").asDouble()).isPositive();
        assertThat(result.path("drills").fieldNames())
                .toIterable()
                .containsExactly(
                        "kill_taskmanager",
                        "kill_jobmanager",
                        "kill_kafka",
                        "kill_postgres",
                        "savepoint",
                        "restart_stopped",
                        "restart_fresh",
                        "restart_stood_still",
                        "rescale_2_to_1_stopped",
                        "rescale_2_to_1_fresh",
                        "rescale_2_to_1_stood_still",
                        "rescale_1_to_2_stopped",
                        "rescale_1_to_2_fresh",
                        "rescale_1_to_2_stood_still");
        result.path("drills").forEach(drill -> {
            assertThat(drill.path("count").asInt()).isEqualTo(1);
            assertThat(drill.path("p50_ms").asDouble())
                    .isPositive()
                    .isEqualTo(drill.path("max_ms").asDouble());
        });
        JsonNode drills = result.path("drills");
        assertThat(drills.at("/restart_fresh/p50_ms").asDouble())
                .isGreaterThan(drills.at("/restart_stopped/p50_ms").asDouble());
        JsonNode state = result.path("state");
        assertThat(state.path("interactions").asLong()).isGreaterThan(10_000);
        assertThat(state.path("bytes_per_interaction").asDouble()).isPositive();
        assertThat(result.at("/rebuild/messages").asLong())
                .isGreaterThan(result.path("changes").asLong());
        assertThat(result.at("/rebuild/messages_per_second").asLong()).isPositive();
    }
}
