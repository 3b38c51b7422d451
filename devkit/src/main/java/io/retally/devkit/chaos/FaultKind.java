package io.retally.devkit.chaos;

import io.retally.devkit.stack.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be done to a stack. Those that last do so for a number of milliseconds between two bounds. */
public enum FaultKind {
    KILL_TASKMANAGER(Part.TASKMANAGER, 3, 0, 0, "SIGKILL of Flink's task manager"),
    KILL_JOBMANAGER(Part.JOBMANAGER, 2, 0, 0, "SIGKILL of Flink's job manager"),
    KILL_KAFKA(Part.KAFKA, 2, 0, 0, "SIGKILL of the broker"),
    KILL_POSTGRES(Part.POSTGRES, 2, 0, 0, "SIGKILL of PostgreSQL, all of its processes"),
    KILL_CONNECT(Part.CONNECT, 2, 0, 0, "SIGKILL of the connector's worker"),

    PAUSE_TASKMANAGER(Part.TASKMANAGER, 3, 1_000, 20_000, "SIGSTOP of the task manager, for a while"),
    PAUSE_JOBMANAGER(Part.JOBMANAGER, 2, 1_000, 20_000, "SIGSTOP of the job manager, for a while"),
    PAUSE_KAFKA(Part.KAFKA, 3, 1_000, 20_000, "SIGSTOP of the broker, for a while"),
    PAUSE_POSTGRES(Part.POSTGRES, 3, 1_000, 20_000, "SIGSTOP of PostgreSQL, for a while"),
    PAUSE_CONNECT(Part.CONNECT, 2, 1_000, 20_000, "SIGSTOP of the connector's worker, for a while"),
    PAUSE_MONGODB(Part.MONGODB, 2, 1_000, 20_000, "SIGSTOP of MongoDB, for a while"),

    POSTGRES_BEFORE_PUBLISH(
            null, 3, 0, 0, "SIGKILL of PostgreSQL after a checkpoint is complete, before its epoch is published"),
    LOCK_TABLE(null, 3, 1_000, 20_000, "a lock on a serving table that keeps publications waiting"),
    DEADLOCK(null, 3, 0, 0, "locks on two serving tables that deadlock with a publication"),
    NO_CONNECTIONS(null, 2, 2_000, 15_000, "PostgreSQL cut off, and out of connections when one comes back"),
    DISK_FULL(null, 2, 2_000, 15_000, "PostgreSQL's disk is full (as root only: its data is on a tmpfs then)"),
    SLOW_POSTGRES(null, 2, 5_000, 20_000, "PostgreSQL is slow: few bytes a second go to and from it"),
    CUT_POSTGRES(null, 4, 0, 0, "all connections to PostgreSQL reset"),
    CUT_KAFKA(null, 4, 0, 0, "all connections to Kafka reset"),
    REPLAY(null, 2, 0, 0, "the connector goes back to where it was a minute ago"),
    OVERTAKE(null, 4, 20_000, 120_000, "a collection's changes held back, while all others overtake them"),
    HOSTILE(null, 4, 0, 0, "a burst of malformed and hostile messages"),
    CLOCK_JUMP(null, 3, 0, 0, "the clock of the messages jumps by years");

    private final @Nullable Part part;
    private final int weight;
    private final int shortestMillis;
    private final int longestMillis;
    private final String description;

    FaultKind(@Nullable Part part, int weight, int shortestMillis, int longestMillis, String description) {
        this.part = part;
        this.weight = weight;
        this.shortestMillis = shortestMillis;
        this.longestMillis = longestMillis;
        this.description = description;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    public boolean isKill() {
        return name().startsWith("KILL_");
    }

    boolean isPause() {
        return name().startsWith("PAUSE_");
    }

    /** Whose processes are killed or paused. */
    Part part() {
        if (part == null) {
            throw new IllegalStateException(this + " is about no one part");
        }
        return part;
    }

    /** How often it comes in a storm, beside the others. */
    int weight() {
        return weight;
    }

    int shortestMillis() {
        return shortestMillis;
    }

    int longestMillis() {
        return longestMillis;
    }

    /** By label; {@code kill} and {@code pause} stand for all of these. Empty for anything else. */
    public static List<FaultKind> named(String label) {
        String wanted = label.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(wanted) || kind.label().startsWith(wanted + "-"))
                .filter(kind -> kind.label().equals(wanted) || kind.isKill() || kind.isPause())
                .toList();
    }

    public static String labels() {
        return Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
    }

    static Optional<FaultKind> killOf(Part part) {
        return Arrays.stream(values())
                .filter(kind -> kind.isKill() && kind.part() == part)
                .findFirst();
    }
}
