package io.retally.devkit.connect;

import static org.awaitility.Awaitility.await;

import io.retally.devkit.tls.TestingAuthority;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker in a process of its own.
 *
 * @param tlsBootstrap where it speaks TLS, to clients with a certificate that it trusts; empty: nowhere
 */
public record TestingBroker(ChildJvm jvm, String bootstrap, String tlsBootstrap) implements AutoCloseable {

    public static TestingBroker start(Path directory) throws IOException, InterruptedException {
        return start(directory, 0, List.of());
    }

    /** One that listens a second time, with TLS. */
    public static TestingBroker startWithTls(Path directory, Path keystore, Path trusted)
            throws IOException, InterruptedException {
        return start(
                directory,
                freePort(),
                List.of(
                        "ssl.keystore.type=PKCS12",
                        "ssl.keystore.location=" + keystore,
                        "ssl.keystore.password=" + TestingAuthority.PASSWORD,
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + trusted,
                        "ssl.client.auth=required"));
    }

    private static TestingBroker start(Path directory, int tls, List<String> tlsSettings)
            throws IOException, InterruptedException {
        int broker = freePort();
        int controller = freePort();
        Path properties = directory.resolve("kafka.properties");
        String tlsListener = tls == 0 ? "" : ",SSL://localhost:" + tls;
        List<String> settings = new ArrayList<>(tlsSettings);
        settings.addAll(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "listeners=PLAINTEXT://127.0.0.1:" + broker + tlsListener + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                // Where there is a listener with TLS, that of the controller has no default.
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "log.dirs=" + directory.resolve("kafka"),
                "auto.create.topics.enable=false",
                "default.replication.factor=1",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "group.initial.rebalance.delay.ms=0"));
        Files.write(properties, settings);
        Path log = directory.resolve("kafka.log");
        ChildJvm.start(
                        log,
                        Map.of(),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        properties.toString())
                .finish();
        ChildJvm jvm = ChildJvm.start(log, Map.of(), "kafka.Kafka", properties.toString());
        String bootstrap = "127.0.0.1:" + broker;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == 1);
        }
        return new TestingBroker(jvm, bootstrap, tls == 0 ? "" : "localhost:" + tls);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
