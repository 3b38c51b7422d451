package io.retally.bench.ingest;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.streams.PeerProcess;
import io.retally.bench.streams.PublishedTables;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The peer in Kafka Streams, in a JVM of its own; {@link PeerProcess} says how to speak with it. Runs after one of the job,
 * whose tables say when it is done.
 */
final class StreamsPeer implements Contender, AutoCloseable {
    static final String NAME = "kafka_streams";

    private static final int THREADS = 2;
    private static final Duration POLL = Duration.ofMillis(100);
    /** Rows are compared when none came for so long; that they are right counts from when the last came. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    private final Arena arena;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private int runs;
    private @Nullable Map<String, List<String>> expected;

    private StreamsPeer(Arena arena, Path log, Process process) {
        this.arena = arena;
        this.log = log;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @param project the folder with the built classes and libraries */
    static StreamsPeer start(Arena arena, Path project) throws IOException {
        Path target = project.resolve("bench/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new StackException(
                    "the peer's libraries are not in " + target.resolve("lib"),
                    "build the project: mvn -DskipTests package");
        }
        Path log = arena.dir().log(Part.KAFKA).resolveSibling("kafka-streams.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseG1GC",
                        "-Xmx1536m", // the task manager's
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlog4j2.configurationFile=log4j2-cli.properties",
                        "-cp",
                        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                        PeerProcess.class.getName(),
                        arena.endpoints().kafkaBootstrap(),
                        Topics.PREFIX,
                        // On the disk of Flink's state, and removed with it at the latest.
                        arena.dir().flink().resolve("kafka-streams").toString(),
                        Integer.toString(THREADS))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new StreamsPeer(arena, log, process);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Kafka Streams: three of the tables, in topics";
    }

    @Override
    public Run run() throws Exception {
        if (expected == null) {
            expected = tables();
        }
        String id = "kafka-streams-" + ++runs;
        try (RowTopics topics = RowTopics.create(arena.endpoints().kafkaBootstrap(), id, THREADS)) {
            Used begin = used();
            ask(id);
            Instant running = Instant.ofEpochMilli(Long.parseLong(answer(PeerProcess.RUNNING)));
            Used end = awaitRows(topics, expected);
            ask("");
            answer(PeerProcess.STOPPED);
            topics.remove();
            return new Run(
                    Duration.between(running, end.at()),
                    Map.of(Part.KAFKA, end.kafka().minus(begin.kafka())),
                    Map.of(),
                    end.peer().minus(begin.peer()));
        }
    }

    /** What was used when the rows became right. */
    private Used awaitRows(RowTopics topics, Map<String, List<String>> right) throws InterruptedException {
        Instant patience = Instant.now().plus(PATIENCE);
        Used last = used();
        long committed = 0;
        long compared = 0;
        while (true) {
            requireAlive();
            long now = topics.committed();
            if (now != committed) {
                committed = now;
                last = used();
            } else if (committed != compared
                    && Duration.between(last.at(), Instant.now()).compareTo(QUIET) > 0) {
                compared = committed;
                if (topics.rows().equals(right)) {
                    return last;
                }
            }
            if (Instant.now().isAfter(patience)) {
                throw new StackException(
                        "the rows of Kafka Streams are not those of the tables after " + PATIENCE.toMinutes()
                                + " minutes; rows: " + sizes(topics.rows()) + " instead of " + sizes(right),
                        "read " + log);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private static Map<String, Integer> sizes(Map<String, List<String>> tables) {
        Map<String, Integer> sizes = new TreeMap<>();
        tables.forEach((table, rows) -> sizes.put(table, rows.size()));
        return sizes;
    }

    private Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = arena.endpoints().postgres().connect()) {
            for (String table : PublishedTables.NAMES) {
                tables.put(table, PublishedTables.rows(connection, "serving", table));
            }
        }
        return tables;
    }

    private void ask(String line) throws IOException {
        requests.write(line + "\n");
        requests.flush();
    }

    /** What follows the given text in the next answer. */
    private String answer(String expectedBegin) throws IOException, InterruptedException {
        Instant patience = Instant.now().plus(START_PATIENCE);
        while (!answers.ready()) {
            requireAlive();
            if (Instant.now().isAfter(patience)) {
                throw new StackException(
                        "Kafka Streams does not say '" + expectedBegin.strip() + "' after " + START_PATIENCE.toMinutes()
                                + " minutes",
                        "read " + log);
            }
            Thread.sleep(POLL.toMillis());
        }
        String line = answers.readLine();
        if (line == null || !line.startsWith(expectedBegin)) {
            throw new StackException(
                    "Kafka Streams says '" + line + "' instead of '" + expectedBegin.strip() + "'", "read " + log);
        }
        return line.substring(expectedBegin.length());
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new StackException("the process of Kafka Streams has ended", "read " + log);
        }
    }

    private Used used() {
        Map<Part, Duration> stack = ProcessCpu.now(arena.dir());
        return new Used(Instant.now(), stack.getOrDefault(Part.KAFKA, Duration.ZERO), ProcessCpu.of(process.pid()));
    }

    /** Ends the process, and waits until it has ended. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join(); // it has nothing that has to be saved
    }

    private record Used(Instant at, Duration kafka, Duration peer) {}
}
