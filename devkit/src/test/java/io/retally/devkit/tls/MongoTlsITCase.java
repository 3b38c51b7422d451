package io.retally.devkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.retally.devkit.connect.ChildJvm;
import io.retally.devkit.connect.ConnectorSettings;
import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.connect.TestingWorker;
import io.retally.devkit.mongo.TestingMongo;
import io.retally.devkit.stack.Topics;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MongoDB behind TLS, for the two that read it: the connector and the job audit. Both take {@code tls=true} of the connection
 * string, and whom they trust from their JVM's truststore.
 */
class MongoTlsITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static TestingMongo mongo;
    private static TestingBroker broker;
    private static TlsFront front;
    private static Path trusted;
    private static Path stranger;

    @BeforeAll
    static void start() throws Exception {
        TestingAuthority authority = new TestingAuthority(folder, "trusted");
        trusted = authority.truststore();
        stranger = new TestingAuthority(folder, "stranger").truststore();
        mongo = TestingMongo.start();
        mongo.collection("accounts").insertOne(new Document("_id", "acme").append("name", "Acme"));
        front = new TlsFront(
                authority.issue("mongodb"), URI.create(mongo.server().uri()).getPort());
        broker = TestingBroker.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
        front.close();
        mongo.close();
    }

    private static String uri() {
        return "mongodb://localhost:" + front.port() + "/?directConnection=true&replicaSet=rs0&tls=true";
    }

    /** The variable that every JVM reads its flags from. */
    private static Map<String, String> trusting(Path truststore) {
        return Map.of("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + truststore);
    }

    @Test
    void theConnectorCaptures() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("worker"));
        try (TestingWorker worker = new TestingWorker(directory, broker.bootstrap(), uri(), trusting(trusted))) {
            worker.register();
            worker.awaitRunning();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> messages(admin, Topics.live("accounts")) == 1);
            }
        }
    }

    private static long messages(Admin admin, String topic) throws Exception {
        TopicDescription description = Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        long messages = 0;
        for (TopicPartitionInfo partition : description.partitions()) {
            TopicPartition log = new TopicPartition(topic, partition.partition());
            messages += admin.listOffsets(Map.of(log, OffsetSpec.latest()))
                    .partitionResult(log)
                    .get()
                    .offset();
        }
        return messages;
    }

    @Test
    void theConnectorRefusesWhomItDoesNotTrust() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("worker-of-stranger"));
        try (TestingWorker worker = new TestingWorker(directory, broker.bootstrap(), uri(), trusting(stranger))) {
            await().atMost(PATIENCE).until(worker.rest()::isReady);
            ConnectorSettings connector =
                    ConnectorSettings.read(PROJECT.resolve("devkit/connector/mongodb-source.json"));
            assertThatThrownBy(() -> worker.rest().register(connector)).isInstanceOf(IOException.class);
            await().atMost(PATIENCE).until(() -> Files.readString(worker.log()).contains("PKIX path"));
        }
    }

    @Test
    void theAuditRefusesWhomItDoesNotTrust() throws Exception {
        Path log = folder.resolve("audit.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jobJar() + File.pathSeparator + PROJECT.resolve("devkit/flink/target/lib") + File.separator + "*",
                "io.retally.jobs.audit.AuditJob",
                "--kafka.bootstrap",
                broker.bootstrap(),
                "--findings",
                folder.resolve("findings").toString());
        Map<String, String> environment = new HashMap<>(trusting(stranger));
        environment.put("RETALLY_MONGODB_URI", uri());
        try (ChildJvm audit = ChildJvm.start(log, environment, command)) {
            assertThat(audit.process().waitFor()).as("exit code; see " + log).isEqualTo(1);
        }
        assertThat(Files.readString(log))
                .contains("MongoDB at localhost:" + front.port(), "its certificate is not trusted", "trustStore");
    }

    private static Path jobJar() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("jobs/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("retally-jobs-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
