package io.retally.devkit.stack;

import java.nio.file.Path;
import java.util.Optional;

/** The processes that this one has started, and those that they have. */
final class Descendants {
    /** Shorter than any start of a server: a process is seen while it lives. */
    private static final int ROUND_MILLIS = 10;

    private Descendants() {}

    /** Waits until a program of this name runs, and then until it has ended. */
    static void awaitEndOf(String program) throws InterruptedException {
        ProcessHandle found = null;
        while (found == null) {
            Thread.sleep(ROUND_MILLIS);
            found = find(program).orElse(null);
        }
        while (found.isAlive()) {
            Thread.sleep(ROUND_MILLIS);
        }
    }

    private static Optional<ProcessHandle> find(String program) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).endsWith(program))
                        .isPresent())
                .findFirst();
    }
}
