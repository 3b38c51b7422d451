package io.retally.devkit.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Waits until a part answers; at once over when it has died or another part has failed. */
final class Readiness {
    /** Asks a part; an exception means 'not yet'. */
    interface Check {
        boolean isReady() throws Exception;
    }

    private static final Duration PAUSE = Duration.ofMillis(100);
    private final AtomicBoolean givenUp = new AtomicBoolean();

    void giveUp() {
        givenUp.set(true);
    }

    void await(Part part, @Nullable Process process, Duration patience, Check check) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        Exception last = null;
        while (true) {
            if (process != null && !process.isAlive()) {
                throw new PartFailure(part, "ended with exit code " + process.exitValue() + " as it started", null);
            }
            try {
                if (check.isReady()) {
                    return;
                }
            } catch (InterruptedException | PartFailure | StackException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            if (givenUp.get()) {
                throw new InterruptedException("another part failed");
            }
            if (Instant.now().isAfter(end)) {
                String reason = last == null
                        ? ""
                        : ": " + String.valueOf(last.getMessage()).replaceFirst("\\.$", "");
                throw new PartFailure(part, "was not ready after " + patience.toSeconds() + " s" + reason, last);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
