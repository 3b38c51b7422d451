package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DescendantsTest {
    /** PostgreSQL was given up, and started in vain again and again, because a script had ended that ran before it. */
    @Test
    void theEndOfAnotherProgramIsNotItsEnd(@TempDir Path folder) throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("awaited"));
        Process other = new ProcessBuilder("/bin/sleep", "0.2").start();
        Process[] awaited = new Process[1];
        Thread later = new Thread(() -> {
            try {
                other.waitFor();
                Thread.sleep(100);
                awaited[0] = new ProcessBuilder(program.toString(), "0.5").start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        later.start();

        Descendants.awaitEndOf("awaited");
        assertThat(other.isAlive()).isFalse();
        later.join();
        assertThat(awaited[0].waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(awaited[0].exitValue()).isZero();
    }
}
