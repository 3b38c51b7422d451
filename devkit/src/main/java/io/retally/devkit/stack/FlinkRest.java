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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of Flink's REST interface that submits a job and tells how it is. */
public final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The job manager is starting. */
    private static final int UNAVAILABLE = 503;

    /** It answered, and will not. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

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

    /** Runs a jar's class, from a checkpoint or savepoint if one is given; returns the job's id. */
    String run(String jar, String entryClass, List<String> arguments, int parallelism, @Nullable Snapshot snapshot)
            throws IOException {
        return run(jar, entryClass, arguments, parallelism, snapshot, Map.of());
    }

    /** @param configuration of the job, over the cluster's */
    String run(
            String jar,
            String entryClass,
            List<String> arguments,
            int parallelism,
            @Nullable Snapshot snapshot,
            Map<String, String> configuration)
            throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("entryClass", entryClass);
        body.put("parallelism", parallelism);
        arguments.forEach(body.putArray("programArgsList")::add);
        if (!configuration.isEmpty()) {
            configuration.forEach(body.putObject("flinkConfiguration")::put);
        }
        if (snapshot != null) {
            // Flink takes what follows the scheme as it is: %20 would be no space.
            body.put("savepointPath", "file://" + snapshot.path().toAbsolutePath());
            // The job owns a checkpoint from then on and removes it when it has a newer one; a savepoint is the user's.
            body.put("claimMode", snapshot.isSavepoint() ? "NO_CLAIM" : "CLAIM");
        }
        return post("/jars/" + jar + "/run", body).path("jobid").asText();
    }

    /** Begins a savepoint in the native format; returns the name to ask for it by. */
    String triggerSavepoint(String job, Path folder) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("target-directory", "file://" + folder);
        body.put("cancel-job", false);
        body.put("formatType", "NATIVE");
        return post("/jobs/" + job + "/savepoints", body).path("request-id").asText();
    }

    /** Begins to stop the job with a savepoint that is its last checkpoint; returns the name to ask for it by. */
    String triggerStop(String job, Path folder) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("targetDirectory", "file://" + folder);
        // The logs go on: what is open stays open.
        body.put("drain", false);
        body.put("formatType", "NATIVE");
        return post("/jobs/" + job + "/stop", body).path("request-id").asText();
    }

    /** What has become of a savepoint that was begun: its folder, or why it failed; both null while it is written. */
    record SavepointAnswer(@Nullable Path folder, @Nullable String failure) {}

    SavepointAnswer savepoint(String job, String request) throws IOException {
        JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return new SavepointAnswer(null, null);
        }
        JsonNode operation = answer.path("operation");
        if (operation.has("location")) {
            return new SavepointAnswer(
                    Path.of(operation.path("location").asText().replaceFirst("^file:/*", "/")), null);
        }
        return new SavepointAnswer(
                null,
                firstError(operation.path("failure-cause").path("stack-trace").asText("no reason is given")));
    }

    void cancel(String job) throws IOException {
        send(request("/jobs/" + job + "?mode=cancel")
                .method("PATCH", BodyPublishers.noBody())
                .build());
    }

    /** Whether a job in this state will never run again. */
    static boolean isEnded(String state) {
        return state.equals("FAILED") || state.equals("CANCELED") || state.equals("FINISHED");
    }

    private JsonNode post(String path, ObjectNode body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
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
            if (!isEnded(known.path("state").asText())
                    && known.path("name").asText().equals(name)) {
                return Optional.of(known.path("jid").asText());
            }
        }
        return Optional.empty();
    }

    /** The state of the job of this name that was started last; empty when the job manager knows none. */
    Optional<String> stateOfJobNamed(String name) throws IOException {
        String state = null;
        long startedAt = Long.MIN_VALUE;
        for (JsonNode known : get("/jobs/overview").path("jobs")) {
            if (known.path("name").asText().equals(name)
                    && known.path("start-time").asLong() > startedAt) {
                state = known.path("state").asText();
                startedAt = known.path("start-time").asLong();
            }
        }
        return Optional.ofNullable(state);
    }

    /**
     * When a job ran, in milliseconds since 1970 by the job manager's clock.
     *
     * @param running since when its tasks were being deployed
     * @param end -1 while it has not ended
     */
    record JobTimes(String state, long running, long end) {}

    JobTimes times(String job) throws IOException {
        JsonNode answer = get("/jobs/" + job);
        return new JobTimes(
                answer.path("state").asText(),
                answer.path("timestamps").path("RUNNING").asLong(),
                answer.path("end-time").asLong(-1));
    }

    /** What the job's user code has counted under this name; 0 if nothing. */
    long counted(String job, String accumulator) throws IOException {
        for (JsonNode known : get("/jobs/" + job + "/accumulators").path("user-task-accumulators")) {
            if (known.path("name").asText().equals(accumulator)) {
                return Long.parseLong(known.path("value").asText());
            }
        }
        return 0;
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

    /** The cause of what failed the job last; empty when nothing did. */
    public Optional<String> lastException(String job) throws IOException {
        JsonNode answer = get("/jobs/" + job + "/exceptions");
        for (JsonNode entry : answer.path("exceptionHistory").path("entries")) {
            return Optional.of(rootCause(entry.path("stacktrace").asText()));
        }
        // Not in the history while a job that fails for good is ending.
        String root = answer.path("root-exception").asText("");
        return root.isEmpty() || root.equals("null") ? Optional.empty() : Optional.of(rootCause(root));
    }

    /** How often something failed the job, as far as the job manager remembers. */
    int failures(String job) throws IOException {
        return get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .size();
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
                String message = "Flink answered %d to %s: %s"
                        .formatted(answer.statusCode(), request.uri().getPath(), firstError(answer.body()));
                throw answer.statusCode() == UNAVAILABLE ? new IOException(message) : new Refused(message);
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Flink answers with stack traces; what went wrong is the last cause. */
    private static String firstError(String body) {
        String text = rootCause(body.replace("\\n", "\n").replace("\\t", "\t"));
        return text.length() > 500 ? text.substring(0, 500) + " ..." : text;
    }

    private static String rootCause(String stackTrace) {
        List<String> lines = stackTrace.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "" : lines.get(0));
    }
}
