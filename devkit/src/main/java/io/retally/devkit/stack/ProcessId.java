package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process, told from a later one of the same number by when it began. */
record ProcessId(long pid, Instant startedAt) {
    /** The system derives the start from its boot time, which moves when the clock is set. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Empty when it has ended, or its number belongs to another process now. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isThis);
    }

    boolean isAlive() {
        return find().isPresent();
    }

    private boolean isThis(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .orElse(true);
    }

    /** Two lines: the number, the start. */
    void write(Path file) {
        StackDir.writePrivately(file, pid + "\n" + startedAt + "\n");
    }

    /** Empty when there is no such file, or it is not one of ours. */
    static Optional<ProcessId> read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return Optional.of(new ProcessId(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** PostgreSQL's own pid file: the postmaster leaves the process that started it. */
    static Optional<ProcessId> ofPostmaster(Path dataDirectory) {
        try {
            var lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
            long pid = Long.parseLong(lines.get(0).trim());
            Instant startedAt =
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
            return Optional.of(new ProcessId(pid, startedAt));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
