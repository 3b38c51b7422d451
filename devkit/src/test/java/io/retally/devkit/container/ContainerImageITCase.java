package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.connect.ChildJvm;
import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.tls.TestingAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image's files run the job with the Compose file's command, between a Kafka and a PostgreSQL that speak TLS with
 * certificates of this test, and let nobody in without.
 */
class ContainerImageITCase {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static ImageCluster cluster;
    private static TestingAuthority trusted;
    private static TestingAuthority stranger;
    private static TestingBroker broker;
    private static TestingDatabase database;

    @BeforeAll
    static void start() throws Exception {
        cluster = ImageCluster.layOut(folder)
                .with("taskmanager.memory.process.size", "2048m")
                .with("jobmanager.memory.process.size", "1100m");
        trusted = new TestingAuthority(folder, "trusted");
        stranger = new TestingAuthority(folder, "stranger");
        broker = TestingBroker.startWithTls(folder, trusted.issue("kafka"), trusted.certificate());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Stream.of(Topics.DEAD_LETTERS, Topics.live("accounts"))
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Path keystore = trusted.issue("postgres");
        database = TestingDatabase.start(
                folder,
                Map.of(
                        "ssl",
                        "on",
                        "ssl_cert_file",
                        TestingAuthority.certificate(keystore).toString(),
                        "ssl_key_file",
                        TestingAuthority.privateKey(keystore).toString()));
        database.letThePublisherInEncryptedOnly();
        Path job = trusted.issue("job");
        writeKafkaClient("client.properties", trusted, job);
        writeKafkaClient("client-of-stranger.properties", stranger, job);
        Files.writeString(folder.resolve("secrets.properties"), "keystore=" + TestingAuthority.PASSWORD + "\n");
    }

    private static void writeKafkaClient(String name, TestingAuthority authority, Path job) throws Exception {
        Files.write(
                folder.resolve(name),
                List.of(
                        "security.protocol=SSL",
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + authority.certificate(),
                        "ssl.keystore.type=PKCS12",
                        "ssl.keystore.location=" + job,
                        "ssl.keystore.password=${file:" + folder.resolve("secrets.properties") + ":keystore}"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void theDockerfileIsThePomsFlinkAndIsSentAllThatItCopies() throws IOException {
        assertThat(cluster.image().base())
                .isEqualTo("flink:" + System.getProperty("flink.version") + "-scala_2.12-java17");
        List<String> sent = Files.readAllLines(PROJECT.resolve("container/Dockerfile.dockerignore"));
        assertThat(sent)
                .containsAll(cluster.image().copied().stream()
                        .map(source -> "!" + source.replaceAll("/$", ""))
                        .toList());
    }

    @Test
    void theJobRunsFromTheImage() throws Exception {
        ChildJvm jobManager = cluster.startJobManager(
                broker.tlsBootstrap(),
                url(trusted),
                "--kafka.client",
                folder.resolve("client.properties").toString());
        ChildJvm taskManager = cluster.startTaskManager("taskmanager");
        cluster.awaitAlive(
                () -> database.answer("select count(*) from serving.epoch").equals("1"));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.live("accounts"),
                            bytes("{\"id\":\"\\\"acme\\\"\"}"),
                            bytes("{\"op\":\"c\",\"after\":\"{\\\"_id\\\":\\\"acme\\\",\\\"name\\\":\\\"Acme\\\","
                                    + "\\\"timeZone\\\":\\\"UTC\\\"}\",\"source\":{\"ts_ms\":1}}")))
                    .get();
        }
        cluster.awaitAlive(
                () -> database.answer("select name from serving.account").equals("Acme"));
        cluster.stop();
        for (Path log : List.of(jobManager.log(), taskManager.log())) {
            assertThat(Files.readString(log))
                    .doesNotContain(TestingAuthority.PASSWORD, TestingDatabase.PUBLISHER_PASSWORD);
        }
    }

    @Test
    void aKafkaThatIsNotTrustedIsRefusedWithWhatToDo() throws Exception {
        assertThat(refusedSubmission("client-of-stranger.properties", url(trusted)))
                .contains(
                        "Kafka at " + broker.tlsBootstrap(),
                        "its certificate is not trusted",
                        "ssl.truststore.location")
                .doesNotContain(TestingAuthority.PASSWORD, TestingDatabase.PUBLISHER_PASSWORD);
    }

    @Test
    void aPostgresThatIsNotTrustedIsRefusedWithWhatToDo() throws Exception {
        assertThat(refusedSubmission("client.properties", url(stranger)))
                .contains("PostgreSQL at jdbc:postgresql://localhost", "its certificate is not trusted", "sslrootcert")
                .doesNotContain(TestingAuthority.PASSWORD, TestingDatabase.PUBLISHER_PASSWORD);
    }

    @Test
    void withoutEncryptionNobodyIsLetIn() throws Exception {
        assertThat(refusedSubmission("client.properties", database.jdbcUrl() + "?sslmode=disable"))
                .contains("pg_hba.conf rejects connection");
    }

    private static String refusedSubmission(String kafkaClient, String postgresUrl) throws Exception {
        return cluster.refusedSubmission(
                broker.tlsBootstrap(),
                postgresUrl,
                "--kafka.client",
                folder.resolve(kafkaClient).toString());
    }

    private static String url(TestingAuthority authority) {
        return database.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + authority.certificate();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
