package io.retally.devkit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of Flink's REST interface that submits a job and tells how it is. */
public final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String address;

    public FlinkRest(String address) {
        this.address = address;
    }

    /** Slots that registered with the job manager. Throws while it does not answer. */
    public int slots() throws IOException {
        return get("/overview").path("slots-total").asInt();
    }

    /** Uploads a jar; returns its id. */
    String upload(Path jar) throws IOException {
        String boundary = "retally-" + Long.toHexString(System.nanoTime());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                        + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        Files.copy(jar, body);
        body.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        JsonNode answer = send(request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
        String file = answer.path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Runs a jar's class, from a checkpoint if one is given; returns the job's id. */
    String run(String jar, String entryClass, List<String> arguments, int parallelism, @Nullable Path checkpoint)
            throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("entryClass", entryClass);
        body.put("parallelism", parallelism);
        arguments.forEach(body.putArray("programArgsList")::add);
        if (checkpoint != null) {
            // Flink takes what follows the scheme as it is: %20 would be no space.
            body.put("savepointPath", "file://" + checkpoint.toAbsolutePath());
            // The job owns the checkpoint from then on and removes it when it has a newer one.
            body.put("claimMode", "CLAIM");
        }
        JsonNode answer = send(request("/jars/" + jar + "/run")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
        return answer.path("jobid").asText();
    }

    /** RUNNING, RESTARTING and so on; empty when the job manager does not know the job. */
    public Optional<String> jobState(String job) throws IOException {
        for (JsonNode known : get("/jobs/overview").path("jobs")) {
            if (known.path("jid").asText().equals(job)) {
                return Optional.of(known.path("state").asText());
            }
        }
        return Optional.empty();
    }

    /** A job of this name that has not ended. */
    Optional<String> unendedJob(String name) throws IOException {
        for (JsonNode known : get("/jobs/overview").path("jobs")) {
            String state = known.path("state").asText();
            boolean ended = state.equals("FAILED") || state.equals("CANCELED") || state.equals("FINISHED");
            if (!ended && known.path("name").asText().equals(name)) {
                return Optional.of(known.path("jid").asText());
            }
        }
        return Optional.empty();
    }

    public long completedCheckpoints(String job) throws IOException {
        return get("/jobs/" + job + "/checkpoints")
                .path("counts")
                .path("completed")
                .asLong();
    }

    /** Times that the whole job was restarted. */
    public long restarts(String job) throws IOException {
        for (JsonNode metric : get("/jobs/" + job + "/metrics?get=numRestarts")) {
            return metric.path("value").asLong();
        }
        return 0;
    }

    /** The first line of what failed the job last; empty when nothing did. */
    public Optional<String> lastException(String job) throws IOException {
        for (JsonNode entry :
                get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries")) {
            return entry.path("stacktrace").asText().lines().findFirst();
        }
        return Optional.empty();
    }

    private JsonNode get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("Flink answered %d to %s: %s"
                        .formatted(answer.statusCode(), request.uri().getPath(), firstError(answer.body())));
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Flink answers with stack traces; what went wrong is the last cause. */
    private static String firstError(String body) {
        List<String> causes = body.replace("\\n", "\n")
                .replace("\\t", "\t")
                .lines()
                .filter(line -> line.startsWith("Caused by: "))
                .toList();
        String text = causes.isEmpty() ? body : causes.get(causes.size() - 1);
        return text.length() > 500 ? text.substring(0, 500) + " ..." : text;
    }
}
