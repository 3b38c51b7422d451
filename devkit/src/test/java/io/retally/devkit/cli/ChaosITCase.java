package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        Echo said = new Echo();
        PrintWriter out = new PrintWriter(said, true);
        int exitCode = Retally.commandLine()
                .setOut(out)
                .setErr(out)
                .execute("chaos", "--seed", seed(), "--minutes", "2", "--dir", folder.toString());
        assertThat(exitCode).as(said.toString()).isZero();
    }

    /** Shows what is written at once, and keeps it for the message of a failure. */
    private static final class Echo extends StringWriter {
        @Override
        public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            System.out.print(text.substring(offset, offset + length));
        }

        @Override
        public void write(String text) {
            write(text, 0, text.length());
        }

        @Override
        public void write(char[] text, int offset, int length) {
            write(new String(text, offset, length), 0, length);
        }
    }

    private static String seed() {
        return Long.toString(Long.getLong("chaos.seed", 1));
    }
}
