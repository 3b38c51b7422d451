package io.retally.bench.stack;

import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes generated companies, one after the other, to the live topics at a steady rate until it is stopped. It has a JVM of its
 * own: the garbage that it makes would otherwise stop those who take the time.
 */
public final class BackgroundLoad implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final BufferedReader said;

    private BackgroundLoad(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** What was written. */
    public record Written(long changes, double changesPerSecond) {
        /** @param line as {@link LoadProcess} says it */
        static Written parse(String line) {
            String[] numbers = line.split(" ", -1);
            long changes = Long.parseLong(numbers[0]);
            return new Written(changes, changes / (Long.parseLong(numbers[1]) / 1e9));
        }
    }

    /**
     * Begins with companies of many programs.
     *
     * @param firstSeed of the companies
     * @param interactions of each
     */
    public static BackgroundLoad start(BenchStack stack, long firstSeed, long interactions, double changesPerSecond)
            throws IOException {
        return start(stack, new Companies(Shape.MANY_PROGRAMS, firstSeed, interactions, 0), changesPerSecond);
    }

    /** Begins; the first change is being written when this returns. */
    public static BackgroundLoad start(BenchStack stack, Companies companies, double changesPerSecond)
            throws IOException {
        return start(stack, stack.endpoints().kafkaBootstrap(), companies, changesPerSecond);
    }

    /** Begins, to MongoDB in the place of the topics; whose stack has none is refused. */
    public static BackgroundLoad startInMongoDb(BenchStack stack, Companies companies, double changesPerSecond)
            throws IOException {
        return start(stack, Objects.requireNonNull(stack.endpoints().mongodbUri()), companies, changesPerSecond);
    }

    private static BackgroundLoad start(
            BenchStack stack, String destination, Companies companies, double changesPerSecond) throws IOException {
        Path log = stack.dir().log(Part.KAFKA).resolveSibling("background-load.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlog4j2.configurationFile=log4j2-cli.properties",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName(),
                destination,
                Double.toString(changesPerSecond)));
        command.addAll(companies.arguments());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BackgroundLoad load = new BackgroundLoad(process, log);
        if (!LoadProcess.BEGUN.equals(load.said.readLine())) {
            load.close();
            throw load.ended();
        }
        return load;
    }

    /** Throws if it has ended by itself: what is measured after that is not under load. */
    public void requireWell() {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    /** Ends it; what it has written is in the log when this returns. */
    public Written stop() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        String line = said.readLine();
        if (process.waitFor() != 0 || line == null) {
            throw ended();
        }
        return Written.parse(line);
    }

    private StackException ended() {
        return new StackException("the background load has ended", "read " + log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
