package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retally.devkit.connect.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A standalone cluster from the image's files, laid out as the Dockerfile does it: a job manager with the Compose file's job
 * and task managers, in processes of their own on loopback, configured by {@code flink-conf/standalone}.
 *
 * <p>Below the Dockerfile's files are Flink's: no distribution can be fetched as a jar, so its lib is the embedded stack's,
 * without what the Dockerfile adds, and its entry point for one job a jar of its own.
 */
final class ImageCluster implements AutoCloseable {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Path flink;
    private final Image image;
    private final int restPort;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<ChildJvm> running = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private ImageCluster(Path folder, Path flink, Image image, int restPort) {
        this.folder = folder;
        this.flink = flink;
        this.image = image;
        this.restPort = restPort;
    }

    /** The files, below the folder; nothing runs yet. */
    static ImageCluster layOut(Path folder) throws IOException {
        Path flink = folder.resolve("image/opt/flink");
        Set<String> added = names(PROJECT.resolve("container/target/lib"));
        for (String jar : names(PROJECT.resolve("devkit/flink/target/lib"))) {
            if (!added.contains(jar)) {
                link(PROJECT.resolve("devkit/flink/target/lib").resolve(jar), flink.resolve("lib"));
            }
        }
        for (String jar : names(Path.of("target/flink-container"))) {
            link(Path.of("target/flink-container").resolve(jar), flink.resolve("lib"));
        }
        Image image = Image.layOut(PROJECT.resolve("container/Dockerfile"), PROJECT, folder.resolve("image"));
        ImageCluster cluster = new ImageCluster(folder, flink, image, freePort());
        cluster.settings.putAll(ComposeFile.read().flinkProperties("jobmanager"));
        cluster.settings.putAll(cluster.ofThisMachine());
        return cluster;
    }

    private static void link(Path file, Path into) throws IOException {
        Files.createDirectories(into);
        Files.createSymbolicLink(into.resolve(file.getFileName()), file.toAbsolutePath());
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** One cluster, on free ports and in its folder; no ZooKeeper. */
    private Map<String, String> ofThisMachine() throws IOException {
        Map<String, String> own = new HashMap<>();
        own.put("high-availability.type", "NONE");
        own.put("jobmanager.rpc.address", "127.0.0.1");
        own.put("jobmanager.rpc.port", Integer.toString(freePort()));
        own.put("rest.address", "127.0.0.1");
        own.put("rest.port", Integer.toString(restPort));
        own.put("rest.bind-port", Integer.toString(restPort));
        own.put("blob.server.port", "0");
        own.put("taskmanager.host", "127.0.0.1");
        own.put("taskmanager.rpc.port", "0");
        own.put("taskmanager.data.port", "0");
        own.put("metrics.reporter.prom.port", "0");
        own.put(
                "execution.checkpointing.dir",
                folder.resolve("image/srv/flink/checkpoints").toUri().toString());
        own.put(
                "execution.checkpointing.savepoint-dir",
                folder.resolve("image/srv/flink/savepoints").toUri().toString());
        return own;
    }

    Image image() {
        return image;
    }

    /** Another value than the image's and the Compose file's, for processes that are started from now on. */
    ImageCluster with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** With the job of the Compose file's command, between these. */
    ChildJvm startJobManager(String kafkaBootstrap, String postgresUrl, String... furtherArguments) throws Exception {
        List<String> command = new ArrayList<>(ComposeFile.read().command("jobmanager"));
        assertThat(command.remove(0)).isEqualTo("standalone-job");
        set(command, "--kafka.bootstrap", kafkaBootstrap);
        set(command, "--postgres.url", postgresUrl);
        command.addAll(List.of(furtherArguments));
        return start(
                "jobmanager",
                "GET_JM_RESOURCE_PARAMS",
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                command);
    }

    /** A host's, with a disk of its own. */
    ChildJvm startTaskManager(String name) throws Exception {
        with("taskmanager.resource-id", name);
        with("io.tmp.dirs", folder.resolve("image/var/lib/flink").resolve(name).toString());
        return start(
                name, "GET_TM_RESOURCE_PARAMS", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", List.of());
    }

    /** A process of Flink, with the flags that Flink's scripts compute for it from its configuration. */
    private ChildJvm start(String name, String sizes, String main, List<String> arguments) throws Exception {
        List<String> configuration =
                new ArrayList<>(List.of("--configDir", flink.resolve("conf").toString()));
        settings.forEach((key, value) -> configuration.addAll(List.of("-D", key + "=" + value)));
        List<String> computed = computed(sizes, configuration);

        Path log = folder.resolve(name + ".log");
        List<String> command = java(flink.resolve("lib") + "/*");
        command.addAll(List.of(computed.get(0).split(" ")));
        command.addAll(List.of(
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dlog4j.configurationFile="
                        + flink.resolve("conf/log4j-console.properties").toUri(),
                "-Dlog.file=" + log + ".file",
                main));
        command.addAll(configuration);
        command.addAll(List.of(computed.get(1).trim().split(" ")));
        command.addAll(arguments);
        ChildJvm process = ChildJvm.start(log, environment(), command);
        running.add(process);
        return process;
    }

    private List<String> computed(String sizes, List<String> configuration) throws Exception {
        List<String> command = java(flink.resolve("lib") + "/*");
        command.add("org.apache.flink.runtime.util.bash.BashJavaUtils");
        command.add(sizes);
        command.addAll(configuration);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> results = output.lines()
                .filter(line -> line.startsWith("BASH_JAVA_UTILS_EXEC_RESULT:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
        assertThat(results).as(output).hasSize(2);
        return results;
    }

    /** What the job's main says, run as {@code bin/flink run} does it, when it is not let in. */
    String refusedSubmission(String kafkaBootstrap, String postgresUrl, String... furtherArguments) throws Exception {
        Path log = folder.resolve("submission-" + System.nanoTime() + ".log");
        List<String> command = java(flink.resolve("usrlib") + "/*" + File.pathSeparator + flink.resolve("lib") + "/*");
        command.addAll(List.of(
                "io.retally.jobs.repprogress.RepProgressJob",
                "--kafka.bootstrap",
                kafkaBootstrap,
                "--postgres.url",
                postgresUrl));
        command.addAll(List.of(furtherArguments));
        try (ChildJvm submission = ChildJvm.start(log, environment(), command)) {
            assertThat(submission.process().waitFor())
                    .as("exit code; see " + log)
                    .isEqualTo(1);
        }
        return Files.readString(log);
    }

    /** What Flink's REST interface answers. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** The only job's id. */
    String job() throws IOException, InterruptedException {
        return get("/jobs").path("jobs").path(0).path("id").asText();
    }

    /** At what parallelism most of the job runs; 0 while it does not run. */
    int parallelism() throws IOException, InterruptedException {
        JsonNode job;
        try {
            job = get("/jobs/" + job());
        } catch (ConnectException e) {
            return 0;
        }
        int most = 0;
        for (JsonNode vertex : job.path("vertices")) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return 0;
            }
            most = Math.max(most, vertex.path("parallelism").asInt());
        }
        return most;
    }

    /** Returns when the condition holds; fails when one of the processes has ended that nobody stopped. */
    void awaitAlive(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(() -> {
            for (ChildJvm process : running) {
                if (!process.process().isAlive()) {
                    throw new AssertionError("ended: " + Files.readString(process.log()));
                }
            }
            return condition.call();
        });
    }

    /** Ends a process, as a host does that is shut down. */
    void stop(ChildJvm process) {
        running.remove(process);
        process.close();
    }

    /** Ends all processes. The files stay: others can be started, and submissions be refused. */
    void stop() {
        List.copyOf(running).forEach(this::stop);
    }

    @Override
    public void close() {
        stop();
        // To what was built: JUnit would warn of each as it clears the folder.
        try (Stream<Path> files = Files.walk(folder.resolve("image"))) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "PGPASSFILE", TestingDatabase.passwords(folder).toString(),
                "FLINK_LIB_DIR", flink.resolve("lib").toString(),
                "FLINK_PLUGINS_DIR", flink.resolve("plugins").toString(),
                "FLINK_CONF_DIR", flink.resolve("conf").toString());
    }

    private static void set(List<String> command, String argument, String value) {
        int at = command.indexOf(argument);
        assertThat(at).as(argument).isNotNegative();
        command.set(at + 1, value);
    }

    private static List<String> java(String classPath) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-cp", classPath));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
