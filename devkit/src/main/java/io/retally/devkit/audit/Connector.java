package io.retally.devkit.audit;

import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.connect.ConnectorState;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The connector that captures MongoDB's changes, as far as it is to stand still for a moment. */
public final class Connector {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ConnectRest connect;
    private final String name;

    public Connector(ConnectRest connect, String name) {
        this.connect = connect;
        this.name = name;
    }

    /** Throws if it does not run, with what to do. */
    void requireRunning() throws IOException, InterruptedException {
        ConnectorState state = connect.state(name)
                .orElseThrow(() -> new StackException("Connect has no connector " + name, "register it"));
        if (state.isPaused()) {
            throw new StackException(
                    "the connector is paused, and captures nothing",
                    "curl -X PUT .../connectors/" + name + "/resume, then again");
        }
        if (!state.isRunning()) {
            throw new StackException(
                    "the connector is not running but " + state.connector() + ", its task " + state.task(),
                    "see `./retally logs connect`");
        }
    }

    /** Nothing is captured until the pause is ended, or this process is. */
    Pause pause() throws InterruptedException {
        Pause pause = new Pause();
        try {
            bring(() -> connect.pause(name), ConnectorState::isPaused, "come to its pause");
            return pause;
        } catch (InterruptedException | RuntimeException e) {
            pause.end();
            throw e;
        }
    }

    final class Pause {
        private final Thread onEnd = new Thread(this::resume, "resume-connector");

        private Pause() {
            Runtime.getRuntime().addShutdownHook(onEnd);
        }

        void end() throws InterruptedException {
            try {
                Runtime.getRuntime().removeShutdownHook(onEnd);
            } catch (IllegalStateException e) {
                return; // This process is ending, and the hook resumes.
            }
            bring(() -> connect.resume(name), ConnectorState::isRunning, "run again");
        }

        private void resume() {
            try {
                bring(() -> connect.resume(name), state -> !state.isPaused(), "run again");
            } catch (StackException e) {
                System.err.println("The connector is still paused: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Request {
        void send() throws IOException, InterruptedException;
    }

    /** Asks until it is heard, and waits for what was asked for; a busy worker may not answer in time. */
    private void bring(Request request, Predicate<ConnectorState> reached, String what) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        boolean heard = false;
        String last = "";
        while (Instant.now().isBefore(end)) {
            try {
                if (!heard) {
                    request.send();
                    heard = true;
                }
                Optional<ConnectorState> state = connect.state(name);
                if (state.filter(reached).isPresent()) {
                    return;
                }
                last = state.map(ConnectorState::task).orElse("unknown");
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            Thread.sleep(100);
        }
        throw new StackException("the connector does not " + what + ": " + last, "see `./retally logs connect`");
    }
}
