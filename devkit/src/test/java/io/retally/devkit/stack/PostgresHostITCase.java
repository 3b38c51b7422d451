package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PostgresHostITCase {
    /** Half of the launcher's own patience, which is what a server that has ended would otherwise be waited for. */
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void aServerThatEndsAsItStartsIsNotWaitedFor(@TempDir Path folder) throws Exception {
        Process first = start(folder);
        awaitReady(folder, first);
        ProcessId server = ProcessId.ofPostmaster(folder.resolve("data")).orElseThrow();
        first.destroy();
        first.waitFor();
        assertThat(server.isAlive()).isFalse();

        Files.delete(folder.resolve("data/global/pg_control"));
        Process second = start(folder);
        assertThat(second.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
    }

    private static Process start(Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresHost.class.getName(),
                        folder.toString(),
                        Integer.toString(new Ports(true).free(5432))))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"));
        builder.environment().put(PostgresHost.SUPERUSER_PASSWORD, "superuser");
        builder.environment().put(PostgresHost.OWNER_PASSWORD, "owner");
        return builder.start();
    }

    private static void awaitReady(Path folder, Process host) throws InterruptedException {
        while (!Files.exists(folder.resolve(PostgresHost.READY))) {
            assertThat(host.isAlive()).as("is up").isTrue();
            Thread.sleep(50);
        }
    }
}
