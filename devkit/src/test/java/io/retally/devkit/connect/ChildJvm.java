package io.retally.devkit.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main class in a process of its own, on this test's class path, with its output in a file. */
public record ChildJvm(Process process, Path log) implements AutoCloseable {

    static ChildJvm start(Path log, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Dlog4j2.configurationFile=" + Path.of("connector/log4j2.xml").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return start(log, environment, command);
    }

    /** Any command, the same way. */
    public static ChildJvm start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), log);
    }

    void finish() throws InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("ended with " + status + "; see " + log);
        }
    }

    /** As kill -9 does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
