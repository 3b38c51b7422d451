package io.retally.devkit.stack;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A bounded job in a JVM of its own, with a Flink that lives as long as it does: the slots of the stack's cluster belong to
 * the job that keeps the tables.
 */
public final class OwnJob {
    private static final String CAUSE = "Caused by: ";

    private final Home home;
    private final Path log;

    /** @param log everything that the JVM writes */
    public OwnJob(Home home, Path log) {
        this.home = home;
        this.log = log;
    }

    /**
     * Runs the job to its end.
     *
     * @param progressPrefix begins the lines that {@code progress} hears, without it
     * @throws StackException if it fails
     */
    public void run(
            String main,
            List<String> arguments,
            Map<String, String> environment,
            String progressPrefix,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        FlinkConf conf = FlinkConf.read(home.flinkConf());
        List<String> flags = new ArrayList<>(conf.commonFlags());
        flags.addAll(List.of(
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-Dlog4j.configurationFile="
                        + conf.folder().resolve("log4j2.properties").toUri()));
        ProcessBuilder builder = new ProcessBuilder(home.job(flags, main, arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = builder.start();
        Thread endWithThis = new Thread(process::destroy, "end-job");
        Runtime.getRuntime().addShutdownHook(endWithThis);
        String cause = "it says nothing";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter writer = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.write(line);
                writer.newLine();
                if (line.startsWith(progressPrefix)) {
                    progress.accept(line.substring(progressPrefix.length()));
                } else if (line.startsWith(CAUSE) || line.startsWith("Exception in thread")) {
                    cause = line.replaceFirst("^" + CAUSE, "");
                }
            }
            process.waitFor();
        } finally {
            process.destroy();
            removeHook(endWithThis);
        }
        if (process.exitValue() != 0) {
            throw new StackException("the job failed: " + cause, "read " + log);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending.
        }
    }
}
