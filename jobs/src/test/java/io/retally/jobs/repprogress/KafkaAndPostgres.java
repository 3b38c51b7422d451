package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.TestBroker;
import io.retally.oracle.Published.LogPartition;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the whole job stands between in a test: a broker with the topics, and a PostgreSQL with the tables. */
final class KafkaAndPostgres implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final int PARTITIONS = 4;

    private final TestBroker broker;
    private final EmbeddedPostgres postgres;
    private final Truth truth;
    private final WrittenLogs logs;

    KafkaAndPostgres() throws Exception {
        broker = new TestBroker();
        for (String topic : TOPICS.changes()) {
            broker.createTopic(topic, PARTITIONS);
        }
        broker.createTopic(TOPICS.deadLetters(), 2);
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create user retally_publisher in role retally_publish");
        }
        truth = new Truth(postgres);
        logs = new WrittenLogs(TOPICS, broker.producer());
    }

    /** What flink-conf/embedded says of jobs (the rest is of processes), with shorter epochs. */
    static Configuration settings(Path checkpoints) {
        Map<String, String> ofJobs =
                GlobalConfiguration.loadConfiguration("../flink-conf/embedded").toMap();
        ofJobs.keySet()
                .removeIf(
                        key -> !key.matches("(execution|state|pipeline|restart-strategy|jobmanager\\.execution)\\..+"));
        Configuration settings = Configuration.fromMap(ofJobs);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return settings;
    }

    /** Defines the job as {@code main} does. */
    void define(StreamExecutionEnvironment env) {
        RepProgressJob.define(
                env,
                RepProgressConfig.parse(
                        "--kafka.bootstrap", broker.bootstrap(),
                        "--postgres.url", postgres.getJdbcUrl("retally_publisher", "postgres")));
    }

    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    WrittenLogs logs() {
        return logs;
    }

    void write(RandomChangeLog messages, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            logs.write(messages.next());
        }
    }

    /** How far the published epoch has read. */
    Map<LogPartition, Long> positions() throws SQLException {
        Map<LogPartition, Long> positions = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select topic, partition, next_offset from staging.source_position")) {
            while (row.next()) {
                positions.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
            }
        }
        return positions;
    }

    void awaitPositionsOtherThan(Map<LogPartition, Long> before) {
        await().atMost(PATIENCE).until(() -> !positions().equals(before));
    }

    void awaitAllIsRead() {
        await().atMost(PATIENCE).until(this::positions, logs.ends()::equals);
    }

    /**
     * Compares what is published with the contract over the messages that its epoch stands for.
     *
     * @return those of them that the contract wants among the dead letters
     */
    Set<RandomChangeLog.Message> assertPublished(String what) throws SQLException {
        return truth.assertPublished(what, published -> logs.before(published.positions()));
    }

    /** Each message that cannot be used, with its bytes, once. */
    void assertDeadLetters(Set<RandomChangeLog.Message> unusable) {
        List<String> expected = logs.all().stream()
                .filter(placed -> unusable.contains(placed.message()))
                .map(placed ->
                        placed.place() + " " + Arrays.toString(placed.message().value()))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(broker.read(TOPICS.deadLetters()))
                .extracting(letter -> "%s-%s@%s %s"
                        .formatted(
                                header(letter, "topic"),
                                header(letter, "partition"),
                                header(letter, "offset"),
                                Arrays.toString(letter.value())))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        logs.close();
        try {
            broker.close();
        } catch (Exception e) {
            throw new IOException("the broker cannot be stopped", e);
        } finally {
            postgres.close();
        }
    }
}
