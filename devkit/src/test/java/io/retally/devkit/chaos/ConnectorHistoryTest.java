package io.retally.devkit.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.retally.devkit.connect.ConnectRest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector of a run under faults, against a worker whose state is the test's. */
class ConnectorHistoryTest {
    private final AtomicReference<String> state = new AtomicReference<>("RUNNING");
    private HttpServer worker;

    @BeforeEach
    void start() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/connectors/coaching", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/resume")) {
                state.set("RUNNING");
            }
            byte[] answer = "{\"connector\": {\"state\": \"%s\"}, \"tasks\": []}"
                    .formatted(state.get())
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop(0);
    }

    /** A worker that hung does what it was asked in another order: the stop after the resumption. */
    @Test
    @SuppressWarnings("try") // its thread is at work
    void aStopThatComesTooLateIsUndone() {
        URI address = URI.create("http://127.0.0.1:" + worker.getAddress().getPort());
        try (ConnectorHistory history = new ConnectorHistory(new ConnectRest(address), "coaching")) {
            state.set("STOPPED");
            await().atMost(Duration.ofMinutes(1)).until(() -> "RUNNING".equals(state.get()));
        }
    }
}
