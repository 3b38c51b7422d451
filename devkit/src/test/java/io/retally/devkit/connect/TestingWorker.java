package io.retally.devkit.connect;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A Connect worker in a process of its own, with the connector that production registers too. */
public final class TestingWorker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ConnectorSettings connector;
    private final ConnectRest rest;
    private final Path properties;
    private final Map<String, String> environment;
    private ChildJvm jvm;

    public TestingWorker(Path directory, String bootstrap, String mongodbUri) throws IOException {
        this(directory, bootstrap, mongodbUri, Map.of());
    }

    /** With more variables in the worker's environment. */
    public TestingWorker(Path directory, String bootstrap, String mongodbUri, Map<String, String> variables)
            throws IOException {
        connector = ConnectorSettings.read(Path.of("connector/mongodb-source.json"));
        int port = TestingBroker.freePort();
        rest = new ConnectRest(URI.create("http://127.0.0.1:" + port));
        properties = directory.resolve("connect.properties");
        new ConnectSettings(bootstrap, port).writeTo(properties);
        environment = new HashMap<>(variables);
        environment.put(ConnectSettings.MONGODB_URI, mongodbUri);
        jvm = launch();
    }

    private ChildJvm launch() throws IOException {
        return ChildJvm.start(
                properties.resolveSibling("connect.log"),
                environment,
                ConnectSettings.MAIN_CLASS,
                properties.toString());
    }

    public void register() {
        await().atMost(PATIENCE).until(rest::isReady);
        // A busy worker may not answer in time; the same settings again do no harm.
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            rest.register(connector);
            return true;
        });
    }

    public void awaitRunning() {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            var state = rest.state(connector.name());
            state.filter(ConnectorState::hasFailed).ifPresent(failed -> {
                throw new AssertionError(failed.trace());
            });
            return state.filter(ConnectorState::isRunning).isPresent();
        });
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        jvm.kill();
    }

    public void startAgain() throws IOException {
        jvm = launch();
    }

    public ConnectRest rest() {
        return rest;
    }

    public String connector() {
        return connector.name();
    }

    public Path log() {
        return jvm.log();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
