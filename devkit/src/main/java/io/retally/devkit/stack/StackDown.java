package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Stops the processes of a stack, readers before what they read; doing it twice is no error. */
public final class StackDown {
    /** PostgreSQL writes its last checkpoint; after a large load that takes a while. */
    private static final Duration POSTGRES_PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final StackDir dir;

    public StackDown(StackDir dir) {
        this.dir = dir;
    }

    /** Tells of each part as it has ended; returns how many there were. */
    public int stop(Consumer<Part> stopped) {
        int count = 0;
        for (Part part : Part.values()) {
            if (end(part)) {
                stopped.accept(part);
                count++;
            }
            forget(part);
        }
        try {
            Files.deleteIfExists(dir.endpoints());
        } catch (IOException e) {
            throw new StackException("cannot remove " + dir.endpoints(), "remove it by hand", e);
        }
        return count;
    }

    /** The part's process; of PostgreSQL also the server, which is no child of who started it, and all below it. */
    public List<ProcessHandle> processesOf(Part part) {
        Stream<ProcessHandle> started = ProcessId.read(dir.pid(part)).flatMap(ProcessId::find).stream();
        if (part != Part.POSTGRES) {
            // Nothing below it but, below the keeper, other parts.
            return started.toList();
        }
        Stream<ProcessHandle> server = ProcessId.ofPostmaster(dir.postgresData()).flatMap(ProcessId::find).stream();
        return Stream.concat(started, server)
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .toList();
    }

    /** Ends a part; false if it was not there. */
    boolean end(Part part) {
        List<ProcessHandle> processes = processesOf(part);
        if (!processes.isEmpty()) {
            end(processes, part == Part.POSTGRES ? POSTGRES_PATIENCE : PATIENCE);
        }
        return !processes.isEmpty();
    }

    private static void end(List<ProcessHandle> processes, Duration patience) {
        // The first ends those below it in its own order; whoever is left after that is asked, then killed.
        processes.get(0).destroy();
        Instant end = Instant.now().plus(patience);
        if (!await(processes, end)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            await(processes, Instant.now().plus(PATIENCE));
        }
    }

    private static boolean await(List<ProcessHandle> processes, Instant end) {
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void forget(Part part) {
        try {
            Files.deleteIfExists(dir.pid(part));
            Files.deleteIfExists(dir.launch(part));
        } catch (IOException e) {
            throw new StackException("cannot remove " + dir.pid(part), "remove it by hand", e);
        }
    }
}
