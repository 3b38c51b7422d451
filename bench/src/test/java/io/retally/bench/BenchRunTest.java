package io.retally.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchRunTest {
    @Test
    void aFailureSaysHowItEnded(@TempDir Path folder) {
        assertThatThrownBy(() -> BenchRun.succeed(folder, "ingest", "--runs", "0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it ended with")
                .hasMessageContaining("--runs is from");
    }
}
