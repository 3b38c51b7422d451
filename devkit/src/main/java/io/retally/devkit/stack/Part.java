package io.retally.devkit.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A process of the stack, in the order in which they are stopped: readers before what they read. */
public enum Part {
    /** Starts again what died. */
    KEEPER("starts again what died"),
    CONNECT("the Debezium MongoDB connector"),
    TASKMANAGER("Flink's task manager"),
    JOBMANAGER("Flink's job manager and web UI"),
    MONGODB("the MongoDB wire server, in memory"),
    KAFKA("the Kafka broker"),
    POSTGRES("PostgreSQL");

    private final String description;

    Part(String description) {
        this.description = description;
    }

    /** The name on the command line, of the log and of the pid file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }

    /** Whether what it knew is still there after it died. MongoDB's documents are in its memory. */
    public boolean survivesRestart() {
        return this != MONGODB && this != KEEPER;
    }

    public static Optional<Part> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(part -> part.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public static String labels() {
        return List.of(values()).stream().map(Part::label).collect(Collectors.joining(", "));
    }
}
