package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.TestBroker;
import io.retally.oracle.Published;
import io.retally.oracle.Published.LogPartition;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job, as {@code main} defines it and with the settings of {@code flink-conf/embedded}: Kafka, two task managers
 * with RocksDB, one of which dies with all that it holds, and PostgreSQL. What is published is compared with the contract's
 * SQL while the job runs and when it has read all. The seed can be replayed with {@code -Djob.seed=N}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RepProgressITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MESSAGES = 4_000;
    private static final int PARTITIONS = 4;
    private static final ChangeTopics TOPICS = new ChangeTopics("retally");

    @TempDir
    private static Path checkpoints;

    private static TestBroker broker;
    private static EmbeddedPostgres postgres;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = settings();
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        return new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(2)
                .setNumberSlotsPerTaskManager(1)
                .setConfiguration(cluster)
                .build();
    });

    /** What flink-conf/embedded says of jobs (the rest is of processes), with shorter epochs. */
    private static Configuration settings() {
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

    @BeforeAll
    static void startKafkaAndPostgres() throws Exception {
        broker = new TestBroker();
        for (String topic : TOPICS.changes()) {
            broker.createTopic(topic, PARTITIONS);
        }
        broker.createTopic(TOPICS.deadLetters(), 2);
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create user retally_publisher in role retally_publish");
        }
    }

    @AfterAll
    static void stopKafkaAndPostgres() throws Exception {
        broker.close();
        postgres.close();
    }

    @Test
    void isTrueThoughATaskManagerDies(@InjectMiniCluster MiniCluster cluster) throws Exception {
        long seed = Long.getLong("job.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-Djob.seed=" + seed);
        RandomChangeLog messages = new RandomChangeLog(seed);
        Truth truth = new Truth(postgres);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings());
        RepProgressJob.define(
                env,
                RepProgressConfig.parse(
                        "--kafka.bootstrap", broker.bootstrap(),
                        "--postgres.url", postgres.getJdbcUrl("retally_publisher", "postgres")));
        JobClient job = env.executeAsync(Operators.JOB);
        try (WrittenLogs logs = new WrittenLogs(TOPICS, broker.producer())) {
            writeSome(messages, logs);
            await().atMost(PATIENCE).until(() -> !positions().isEmpty());
            truth.assertPublished("seed " + seed + ", the job runs", prefix(logs));

            writeSome(messages, logs);
            // Both slots are needed, so the job stands still until there is a new task manager.
            cluster.terminateTaskManager(0).get();
            writeSome(messages, logs);
            truth.assertPublished("seed " + seed + ", a task manager is away", prefix(logs));
            Map<LogPartition, Long> before = positions();
            cluster.startTaskManager();
            writeSome(messages, logs);
            await().atMost(PATIENCE).until(() -> !positions().equals(before));
            truth.assertPublished("seed " + seed + ", the job runs again", prefix(logs));

            await().atMost(PATIENCE).until(RepProgressITCase::positions, logs.ends()::equals);
            Set<RandomChangeLog.Message> unusable =
                    truth.assertPublished("seed " + seed + ", all is read", prefix(logs));
            assertDeadLetters(logs, unusable);
            assertThat(cluster.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices())
                    .allMatch(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() > 0);
        } finally {
            job.cancel().get();
        }
    }

    /** The messages that an epoch says it stands for. */
    private static Function<Published, List<RandomChangeLog.Message>> prefix(WrittenLogs logs) {
        return published -> logs.before(published.positions());
    }

    private static void writeSome(RandomChangeLog messages, WrittenLogs logs) throws Exception {
        for (int i = 0; i < MESSAGES / 4; i++) {
            logs.write(messages.next());
        }
    }

    private static Map<LogPartition, Long> positions() throws SQLException {
        Map<LogPartition, Long> positions = new HashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select topic, partition, next_offset from staging.source_position")) {
            while (row.next()) {
                positions.put(new LogPartition(row.getString(1), row.getInt(2)), row.getLong(3));
            }
        }
        return positions;
    }

    /** Each message that cannot be used, with its bytes, once. */
    private static void assertDeadLetters(WrittenLogs logs, Set<RandomChangeLog.Message> unusable) {
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
}
