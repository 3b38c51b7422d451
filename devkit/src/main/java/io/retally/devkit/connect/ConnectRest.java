package io.retally.devkit.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A Connect worker's REST interface, as far as a stack needs it. */
public final class ConnectRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int FIRST_ERROR = 400;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI worker;

    /** @param worker such as {@code http://127.0.0.1:8083} */
    public ConnectRest(URI worker) {
        this.worker = worker;
    }

    /** Whether the worker answers and has read its topics. */
    public boolean isReady() throws InterruptedException {
        try {
            return send("GET", "/connectors", "").statusCode() < FIRST_ERROR;
        } catch (IOException e) {
            return false;
        }
    }

    /** Creates the connector, or gives it these settings; the same ones again change nothing. */
    public void register(ConnectorSettings connector) throws IOException, InterruptedException {
        require(send("PUT", "/connectors/" + connector.name() + "/config", connector.config()));
    }

    /** The connector's state, or empty if the worker does not know it (yet). */
    public Optional<ConnectorState> state(String connector) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", "/connectors/" + connector + "/status", "");
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        require(response);
        JsonNode status = json.readTree(response.body());
        JsonNode task = status.path("tasks").path(0);
        return Optional.of(new ConnectorState(
                status.path("connector").path("state").asText(""),
                task.path("state").asText(""),
                task.path("trace").asText(status.path("connector").path("trace").asText(""))));
    }

    /** Starts again what has failed; what Debezium can retry it retries by itself. */
    public void restartFailed(String connector) throws IOException, InterruptedException {
        require(send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", ""));
    }

    /** Where the connector is in its source, as Connect's JSON; what {@link #resumeFrom} takes. */
    public String offsets(String connector) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", "/connectors/" + connector + "/offsets", "");
        require(response);
        return response.body();
    }

    /** Ends the connector's tasks; {@link #resume} starts them again, here or after a restart of the worker. */
    public void stop(String connector) throws IOException, InterruptedException {
        require(send("PUT", "/connectors/" + connector + "/stop", ""));
    }

    /** Asks for a pause; the tasks' state says when they have come to it. It outlives the worker. */
    public void pause(String connector) throws IOException, InterruptedException {
        require(send("PUT", "/connectors/" + connector + "/pause", ""));
    }

    /** Ends a pause or a stop. */
    public void resume(String connector) throws IOException, InterruptedException {
        require(send("PUT", "/connectors/" + connector + "/resume", ""));
    }

    /** Lets a stopped connector go on from elsewhere in its source. */
    public void resumeFrom(String connector, String offsets) throws IOException, InterruptedException {
        require(send("PATCH", "/connectors/" + connector + "/offsets", offsets));
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void require(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= FIRST_ERROR) {
            throw new IOException("Connect answered " + response.statusCode() + " to "
                    + response.request().method() + " " + response.uri() + ": " + response.body()
                    + "; its log says more");
        }
    }
}
