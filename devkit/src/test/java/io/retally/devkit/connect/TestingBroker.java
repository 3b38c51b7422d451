package io.retally.devkit.connect;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in a process of its own. */
public record TestingBroker(ChildJvm jvm, String bootstrap) implements AutoCloseable {

    public static TestingBroker start(Path directory) throws IOException, InterruptedException {
        int broker = freePort();
        int controller = freePort();
        Path properties = directory.resolve("kafka.properties");
        Files.write(
                properties,
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "listeners=PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
                        "controller.listener.names=CONTROLLER",
                        "controller.quorum.voters=1@127.0.0.1:" + controller,
                        "log.dirs=" + directory.resolve("kafka"),
                        "auto.create.topics.enable=false",
                        "default.replication.factor=1",
                        "offsets.topic.replication.factor=1",
                        "offsets.topic.num.partitions=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        "group.initial.rebalance.delay.ms=0"));
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
        return new TestingBroker(jvm, bootstrap);
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
