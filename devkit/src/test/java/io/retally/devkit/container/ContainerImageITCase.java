package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.devkit.connect.ChildJvm;
import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.tls.TestingAuthority;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 * The image's files, laid out as the Dockerfile does it, run the job with the Compose file's command: a job manager and a task
 * manager in processes of their own, between a Kafka and a PostgreSQL that speak TLS with certificates of this test, and let
 * nobody in without.
 *
 * <p>Below the Dockerfile's files are Flink's: no distribution can be fetched as a jar, so its lib is the embedded stack's,
 * without what the Dockerfile adds, and its entry point for one job a jar of its own.
 */
class ContainerImageITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String PUBLISHER_PASSWORD = "publishes-and-tells-nobody";

    @TempDir
    static Path folder;

    private static Image image;
    private static Path flink;
    private static TestingAuthority trusted;
    private static TestingAuthority stranger;
    private static TestingBroker broker;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        flink = folder.resolve("image/opt/flink");
        layFlinkOut();
        image = Image.layOut(PROJECT.resolve("container/Dockerfile"), PROJECT, folder.resolve("image"));
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
        postgres = startPostgres();
        Files.writeString(
                folder.resolve("pgpass"), "localhost:*:retally:retally_publisher:" + PUBLISHER_PASSWORD + "\n");
        Path job = trusted.issue("job");
        writeKafkaClient("client.properties", trusted, job);
        writeKafkaClient("client-of-stranger.properties", stranger, job);
        Files.writeString(folder.resolve("secrets.properties"), "keystore=" + TestingAuthority.PASSWORD + "\n");
    }

    private static void layFlinkOut() throws IOException {
        Set<String> added = names(PROJECT.resolve("container/target/lib"));
        for (String jar : names(PROJECT.resolve("devkit/flink/target/lib"))) {
            if (!added.contains(jar)) {
                link(PROJECT.resolve("devkit/flink/target/lib").resolve(jar), flink.resolve("lib"));
            }
        }
        for (String jar : names(Path.of("target/flink-container"))) {
            link(Path.of("target/flink-container").resolve(jar), flink.resolve("lib"));
        }
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

    private static EmbeddedPostgres startPostgres() throws Exception {
        Path keystore = trusted.issue("postgres");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", TestingAuthority.certificate(keystore).toString())
                .setServerConfig(
                        "ssl_key_file", TestingAuthority.privateKey(keystore).toString())
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database retally");
        }
        try (Connection connection = server.getDatabase("postgres", "retally").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(PROJECT.resolve("sql/production/roles.sql")));
            statement.execute("alter role retally_publisher password '" + PUBLISHER_PASSWORD + "'");
        }
        Migrations.migrate(server.getDatabase("retally_owner", "retally"));
        // From now on the publisher comes encrypted and with its password, or not at all.
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet file = statement.executeQuery("show hba_file")) {
                file.next();
                Path hba = Path.of(file.getString(1));
                Files.writeString(
                        hba,
                        "hostssl all retally_publisher 127.0.0.1/32 scram-sha-256\n"
                                + "hostnossl all retally_publisher all reject\n"
                                + Files.readString(hba));
            }
            statement.execute("select pg_reload_conf()");
        }
        return server;
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
        if (broker != null) {
            broker.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void theDockerfileIsThePomsFlinkAndIsSentAllThatItCopies() throws IOException {
        assertThat(image.base()).isEqualTo("flink:" + System.getProperty("flink.version") + "-scala_2.12-java17");
        List<String> sent = Files.readAllLines(PROJECT.resolve("container/Dockerfile.dockerignore"));
        assertThat(sent)
                .containsAll(image.copied().stream()
                        .map(source -> "!" + source.replaceAll("/$", ""))
                        .toList());
    }

    @Test
    void theJobRunsFromTheImage() throws Exception {
        int rest = freePort();
        Map<String, String> settings = new TreeMap<>(ComposeFile.read().flinkProperties("jobmanager"));
        // One cluster of this test, on free ports and in its folder; no ZooKeeper.
        settings.put("high-availability.type", "NONE");
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", Integer.toString(freePort()));
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.port", Integer.toString(rest));
        settings.put("rest.bind-port", Integer.toString(rest));
        settings.put("blob.server.port", "0");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.rpc.port", "0");
        settings.put("taskmanager.data.port", "0");
        settings.put("taskmanager.memory.process.size", "2048m");
        settings.put("jobmanager.memory.process.size", "1100m");
        settings.put("metrics.reporter.prom.port", "0");
        settings.put("io.tmp.dirs", folder.resolve("image/var/lib/flink").toString());
        settings.put(
                "execution.checkpointing.dir",
                folder.resolve("image/srv/flink/checkpoints").toUri().toString());
        settings.put(
                "execution.checkpointing.savepoint-dir",
                folder.resolve("image/srv/flink/savepoints").toUri().toString());

        List<String> command = new ArrayList<>(ComposeFile.read().command("jobmanager"));
        assertThat(command.remove(0)).isEqualTo("standalone-job");
        set(command, "--kafka.bootstrap", broker.tlsBootstrap());
        set(command, "--postgres.url", url(trusted));
        command.addAll(
                List.of("--kafka.client", folder.resolve("client.properties").toString()));

        Path jobManagerLog = folder.resolve("jobmanager.log");
        Path taskManagerLog = folder.resolve("taskmanager.log");
        try (ChildJvm jobManager = flink(
                        jobManagerLog,
                        "GET_JM_RESOURCE_PARAMS",
                        "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                        settings,
                        command);
                ChildJvm taskManager = flink(
                        taskManagerLog,
                        "GET_TM_RESOURCE_PARAMS",
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        settings,
                        List.of())) {
            awaitAlive(jobManager, taskManager, "select count(*) from serving.epoch", "1");
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
            awaitAlive(jobManager, taskManager, "select name from serving.account", "Acme");
        }
        for (Path log : List.of(jobManagerLog, taskManagerLog)) {
            assertThat(Files.readString(log)).doesNotContain(TestingAuthority.PASSWORD, PUBLISHER_PASSWORD);
        }
    }

    @Test
    void aKafkaThatIsNotTrustedIsRefusedWithWhatToDo() throws Exception {
        assertThat(submission("client-of-stranger.properties", url(trusted)))
                .contains(
                        "Kafka at " + broker.tlsBootstrap(),
                        "its certificate is not trusted",
                        "ssl.truststore.location")
                .doesNotContain(TestingAuthority.PASSWORD, PUBLISHER_PASSWORD);
    }

    @Test
    void aPostgresThatIsNotTrustedIsRefusedWithWhatToDo() throws Exception {
        assertThat(submission("client.properties", url(stranger)))
                .contains("PostgreSQL at jdbc:postgresql://localhost", "its certificate is not trusted", "sslrootcert")
                .doesNotContain(TestingAuthority.PASSWORD, PUBLISHER_PASSWORD);
    }

    @Test
    void withoutEncryptionNobodyIsLetIn() throws Exception {
        assertThat(submission(
                        "client.properties",
                        "jdbc:postgresql://localhost:" + postgres.getPort() + "/retally?sslmode=disable"))
                .contains("pg_hba.conf rejects connection");
    }

    /** What the job's main says when it is not let in. */
    private static String submission(String kafkaClient, String postgresUrl) throws Exception {
        Path log = folder.resolve("submission-" + System.nanoTime() + ".log");
        List<String> command = java(flink.resolve("usrlib") + "/*" + File.pathSeparator + flink.resolve("lib") + "/*");
        command.addAll(List.of(
                "io.retally.jobs.repprogress.RepProgressJob",
                "--kafka.bootstrap",
                broker.tlsBootstrap(),
                "--kafka.client",
                folder.resolve(kafkaClient).toString(),
                "--postgres.url",
                postgresUrl));
        ChildJvm submission = ChildJvm.start(log, environment(), command);
        try (submission) {
            assertThat(submission.process().waitFor())
                    .as("exit code; see " + log)
                    .isEqualTo(1);
        }
        return Files.readString(log);
    }

    private static String url(TestingAuthority authority) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/retally?sslmode=verify-full&sslrootcert="
                + authority.certificate();
    }

    private static void set(List<String> command, String argument, String value) {
        int at = command.indexOf(argument);
        assertThat(at).as(argument).isNotNegative();
        command.set(at + 1, value);
    }

    /** A process of Flink, with the flags that Flink's scripts compute for it from its configuration. */
    private static ChildJvm flink(
            Path log, String sizes, String main, Map<String, String> settings, List<String> arguments)
            throws Exception {
        List<String> configuration =
                new ArrayList<>(List.of("--configDir", flink.resolve("conf").toString()));
        settings.forEach((key, value) -> configuration.addAll(List.of("-D", key + "=" + value)));
        List<String> computed = computed(sizes, configuration);

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
        return ChildJvm.start(log, environment(), command);
    }

    private static List<String> computed(String sizes, List<String> configuration) throws Exception {
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

    private static List<String> java(String classPath) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-cp", classPath));
    }

    private static Map<String, String> environment() {
        return Map.of(
                "PGPASSFILE", folder.resolve("pgpass").toString(),
                "FLINK_LIB_DIR", flink.resolve("lib").toString(),
                "FLINK_PLUGINS_DIR", flink.resolve("plugins").toString(),
                "FLINK_CONF_DIR", flink.resolve("conf").toString());
    }

    private static void awaitAlive(ChildJvm jobManager, ChildJvm taskManager, String query, String answer) {
        await().atMost(PATIENCE).until(() -> {
            for (ChildJvm process : List.of(jobManager, taskManager)) {
                if (!process.process().isAlive()) {
                    throw new AssertionError("ended: " + Files.readString(process.log()));
                }
            }
            return Objects.equals(answer(query), answer);
        });
    }

    private static String answer(String query) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "retally").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
