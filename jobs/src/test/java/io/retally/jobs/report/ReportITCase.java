package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.core.document.Origin;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.TestBroker;
import io.retally.jobs.repprogress.RandomChangeLog;
import io.retally.jobs.repprogress.WrittenLogs;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.Published.LogPartition;
import io.retally.oracle.SourceCollection;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped report as a job: over random change logs with updates, deletions, removals, unusable documents and
 * backfills, before and after a task manager dies with all that it holds, its table equals its own definition in {@code
 * sql/flink/expected}, evaluated by PostgreSQL over the documents that the same messages leave. The seed can be replayed with
 * {@code -Dreport.seed=N}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ReportITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Path SQL = Path.of("../sql/flink");
    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final int MESSAGES = 600;

    /** Other values than the defaults, where those would have few documents make few differences. */
    private static final Map<String, Map<String, String>> VARIABLES = Map.of(
            "cohort_retention", Map.of("first_n", "0", "second_n", "1", "third_n", "2"),
            "message_response", Map.of("response_hours", "6"),
            "lesson_effectiveness", Map.of("hours", "6"),
            "question_quality", Map.of("least_respondents", "2", "easy", "0.7", "hard", "0.4"),
            "question_distractors", Map.of("hardly_percent", "30"));

    @TempDir
    private static Path checkpoints;

    private static TestBroker broker;
    private static EmbeddedPostgres postgres;
    private static WrittenLogs logs;
    private static RandomChangeLog messages;
    private static long seed;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = settings();
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        return new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(2)
                .setNumberSlotsPerTaskManager(1)
                .setConfiguration(cluster)
                .build();
    });

    /** What flink-conf/embedded says of jobs, with shorter epochs. */
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
        return settings;
    }

    @BeforeAll
    static void start() throws Exception {
        seed = Long.getLong("report.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-Dreport.seed=" + seed);
        messages = new RandomChangeLog(seed);
        broker = new TestBroker();
        for (String topic : TOPICS.changes()) {
            broker.createTopic(topic, 3);
        }
        logs = new WrittenLogs(TOPICS, broker.producer());
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        run(
                postgres.getPostgresDatabase().getConnection(),
                "create user retally_reporter in role retally_report",
                "create database scratch");
        write();
    }

    @AfterAll
    static void stop() throws Exception {
        logs.close();
        broker.close();
        postgres.close();
    }

    static List<String> reports() throws IOException {
        return ReportPlannerTest.reports().stream()
                .map(file -> file.getFileName().toString().replace(".sql", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void equalsItsDefinition(String report, @InjectMiniCluster MiniCluster cluster) throws Exception {
        String group = report + "-1";
        JobClient job = start(report, group);
        try {
            assertEqual(report, group, "the job has read what was there before it");
            write();
            assertEqual(report, group, "the job runs");
            // Both slots are needed, so the job stands still until there is a new task manager.
            cluster.terminateTaskManager(0).get();
            write();
            cluster.startTaskManager();
            write();
            assertEqual(report, group, "the job was restarted");
            assertThat(cluster.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices())
                    .allMatch(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() > 0);
        } finally {
            job.cancel().get();
        }
        write();
        group = report + "-2";
        job = start(report, group);
        try {
            assertEqual(report, group, "another run without state has taken the table over");
        } finally {
            job.cancel().get();
        }
    }

    private static JobClient start(String report, String group) throws IOException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings());
        Map<String, String> variables = new HashMap<>(VARIABLES.getOrDefault(report, Map.of()));
        variables.put("kafka_bootstrap", broker.bootstrap());
        variables.put("kafka_group", group);
        variables.put("postgres_url", postgres.getJdbcUrl("retally_reporter", "postgres"));
        return new ReportPlanner(env)
                .plan(
                        ReportFile.read(SQL.resolve("catalog.sql")),
                        ReportFile.read(SQL.resolve(report + ".sql")),
                        variables)
                .run();
    }

    private static void write() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            logs.write(messages.next());
        }
    }

    /** The offsets of a checkpoint are committed when it is complete, which is when its epoch is published. */
    private static void awaitAllIsRead(String group) {
        await().atMost(PATIENCE).until(() -> {
            Map<LogPartition, Long> committed = new HashMap<>();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .forEach((partition, offset) -> committed.put(
                                new LogPartition(partition.topic(), partition.partition()), offset.offset()));
            }
            Set<String> read =
                    committed.keySet().stream().map(LogPartition::topic).collect(Collectors.toSet());
            return !read.isEmpty()
                    && logs.ends().entrySet().stream()
                            .filter(end -> read.contains(end.getKey().topic()))
                            .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
        });
    }

    private static void assertEqual(String report, String group, String when) throws SQLException {
        List<String> expected = expected(report);
        awaitAllIsRead(group);
        // Before the first publication there is no table.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(published(report))
                        .as("seed %d, %s, %s", seed, report, when)
                        .isEqualTo(expected));
    }

    private static List<String> published(String report) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            return rows(connection, "select * from reporting." + report);
        }
    }

    /** The report's definition over the documents that all messages leave. */
    private static List<String> expected(String report) throws SQLException {
        try (Connection scratch = postgres.getDatabase("postgres", "scratch").getConnection()) {
            for (String schema : List.of("source", "changes", "contract")) {
                run(scratch, "drop schema if exists " + schema + " cascade");
            }
            CurrentDocuments documents = CurrentDocuments.in(scratch);
            try (Connection own = postgres.getDatabase("postgres", "scratch").getConnection();
                    ChangeWriter writer = documents.writer(own)) {
                for (WrittenLogs.Placed placed : logs.all()) {
                    RandomChangeLog.Message message = placed.message();
                    writer.add(
                            SourceCollection.valueOf(message.collection().name()),
                            message.origin() == Origin.LIVE
                                    ? CurrentDocuments.Origin.LIVE
                                    : CurrentDocuments.Origin.BACKFILL,
                            message.key(),
                            message.value());
                }
            }
            documents.settle(scratch, Progress.SILENT);
            Oracle.evaluate(scratch, Progress.SILENT);
            return rows(scratch, definition(report));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** With the report's values for its variables. */
    private static String definition(String report) throws IOException {
        String sql = Files.readString(SQL.resolve("expected").resolve(report + ".sql"));
        for (Parameter variable : ReportFile.read(SQL.resolve(report + ".sql")).parameters()) {
            String value =
                    VARIABLES.getOrDefault(report, Map.of()).getOrDefault(variable.name(), variable.defaultValue());
            sql = sql.replace("${" + variable.name() + "}", value);
        }
        return sql;
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select row_to_json(q)::text from (" + query + ") q")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
