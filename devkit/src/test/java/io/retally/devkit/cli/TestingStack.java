package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackStatus;
import io.retally.devkit.stack.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A stack in a folder of a test's own, used as a person does: by the command line. */
record TestingStack(StackDir dir) {

    TestingStack(Path folder) {
        this(new StackDir(folder));
    }

    /** The checkout: the folder above this module that has the script. The parts are started from what is built there. */
    static Path home() {
        return above("retally", Files::isRegularFile)
                .map(script -> Optional.ofNullable(script.getParent()).orElseThrow())
                .orElseThrow();
    }

    /** Real data beside the checkout or further up; most machines have none. */
    static Optional<Path> oulad() {
        return above("shared/data/oulad", Files::isDirectory);
    }

    private static Optional<Path> above(String name, Predicate<Path> there) {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(name))
                .filter(there)
                .findFirst();
    }

    /** Runs a command that must succeed; returns what it said. */
    String run(String... words) {
        Outcome outcome = outcome(words);
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        return outcome.said();
    }

    /** What became of a command. */
    record Outcome(int exitCode, String said) {}

    Outcome outcome(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--dir");
        arguments.add(dir.root().toString());
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        long begin = System.nanoTime();
        int exitCode = Retally.commandLine().setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
        System.out.printf(
                "./retally %s (%s)%n%s",
                String.join(" ", words),
                Durations.shown(Duration.ofNanos(System.nanoTime() - begin)),
                said.toString().indent(2));
        return new Outcome(exitCode, said.toString());
    }

    Endpoints endpoints() {
        return Endpoints.of(dir);
    }

    StackStatus status() {
        return StackStatus.of(dir);
    }

    /** Ends a part as a power failure does. */
    void kill(Part part) {
        long pid = status().parts().stream()
                .filter(known -> known.part() == part)
                .findFirst()
                .map(StackStatus.PartStatus::pid)
                .orElseThrow();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    /** Processes that have anything to do with the stack's folder. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(dir.root().toString()))
                .toList();
    }

    /** Where each dead letter comes from, `topic-partition@offset`, so far. */
    List<String> deadLetters() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints().kafkaBootstrap(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        List<String> origins = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEAD_LETTERS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(log -> consumer.position(log) < ends.getOrDefault(log, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(letter -> origins.add(origin(letter)));
            }
        }
        return origins;
    }

    private static String origin(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, "topic") + "-" + header(letter, "partition") + "@" + header(letter, "offset");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
