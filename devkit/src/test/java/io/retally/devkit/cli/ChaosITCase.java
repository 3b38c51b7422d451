package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short run of chaos, the same each time: one round of two minutes, all faults, compared with a run without them. */
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class ChaosITCase {
    @Test
    void nothingIsLostRepeatedOrContradicted(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        System.setProperty("retally.home", TestingStack.home().toString());
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        int exitCode = Retally.commandLine()
                .setOut(out)
                .setErr(out)
                .execute("chaos", "--seed", seed(), "--minutes", "2", "--dir", folder.toString());
        assertThat(exitCode).isZero();
    }

    private static String seed() {
        return Long.toString(Long.getLong("chaos.seed", 1));
    }
}
