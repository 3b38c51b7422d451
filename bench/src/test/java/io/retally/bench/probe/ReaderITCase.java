package io.retally.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.ContractSql;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.SourceCollection;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The reader against tables that are right, late, wrong, or of another epoch than they say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ReaderITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration NO_PATIENCE = Duration.ofMillis(200);
    /** Of the first probe in its log. */
    private static final long OFFSET = 7;

    private final Subject learner = Subjects.learner();
    private EmbeddedPostgres postgres;
    private PostgresUrl owner;
    private Reader reader;
    /** Of the first round: an insertion, a correction, a deletion. */
    private List<Probe> probes;

    @BeforeAll
    void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        owner = new PostgresUrl("postgres", "postgres", "localhost", postgres.getPort(), "postgres");
        Migrations.migrate(postgres.getPostgresDatabase());
        Prober prober = Prober.of(owner, learner);
        probes = Stream.generate(prober::next).limit(prober.cycleLength()).toList();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void open() {
        reader = new Reader(owner);
    }

    @AfterEach
    void close() throws SQLException {
        reader.close();
        run(
                "drop schema if exists source cascade",
                "drop schema if exists contract cascade",
                "truncate serving.epoch, staging.source_position");
        for (String table : ContractSql.servedTables()) {
            run("truncate serving." + table);
        }
    }

    @Test
    void eachStepIsSeenWhenTheTablesHaveIt() throws Exception {
        for (int step = 1; step <= probes.size(); step++) {
            publish(step, step, OFFSET + 1);
            assertThat(reader.await(probes.get(step - 1), sent(), PATIENCE).epoch())
                    .isEqualTo(step);
            close();
            open();
        }
    }

    @Test
    void aProbeTellsWhichTablesItChanges() {
        assertThat(probes.get(0).tables())
                .containsExactly(
                        "lesson_funnel",
                        "program_day",
                        "program_summary",
                        "question_stats",
                        "rep_lesson",
                        "rep_program",
                        "team_day",
                        "team_program");
        assertThat(probes.get(1).tables())
                .containsExactly(
                        "lesson_funnel",
                        "program_due",
                        "program_summary",
                        "question_stats",
                        "rep_lesson",
                        "rep_program",
                        "team_program");
    }

    @Test
    void tablesWithoutItAreWaitedFor() throws Exception {
        publish(0, 1, OFFSET);
        assertThatThrownBy(() -> reader.await(probes.get(0), sent(), NO_PATIENCE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("'an interaction inserted' is in no table");
    }

    @Test
    void aTableThatDiffersEndsIt() throws Exception {
        publish(1, 3, OFFSET + 1);
        run("update serving.program_summary set answers = answers - 1 where account_id = 'probe-learner-account'");
        assertThatThrownBy(() -> reader.await(probes.get(0), sent(), PATIENCE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("epoch 3 has rows that no prefix of the logs explains")
                .hasMessageEndingWith("Not as after it: [program_summary]");
    }

    @Test
    void anEpochThatStandsForAnotherPlaceEndsIt() throws Exception {
        publish(1, 4, OFFSET);
        assertThatThrownBy(() -> reader.await(probes.get(0), sent(), PATIENCE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("epoch 4 shows 'an interaction inserted', but it does not stand for its place");
    }

    @Test
    void anEpochThatLacksWhatItStandsForEndsIt() throws Exception {
        publish(0, 5, OFFSET + 1);
        assertThatThrownBy(() -> reader.await(probes.get(0), sent(), PATIENCE))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("epoch 5 does not show 'an interaction inserted', but it stands for its place");
    }

    private static Appender.Sent sent() {
        TopicPartition partition = new TopicPartition(Topics.live("interactions"), 2);
        return new Appender.Sent(
                System.nanoTime(),
                CompletableFuture.completedFuture(new RecordMetadata(partition, OFFSET, 0, 0, 0, 0)));
    }

    /** Publishes what the contract makes of the documents after so many steps, as an epoch that stands for a prefix. */
    private void publish(int steps, long epoch, long nextOffset) throws SQLException {
        try (Connection connection = owner.connect()) {
            CurrentDocuments documents = CurrentDocuments.in(connection);
            try (ChangeWriter writer = documents.writer(connection)) {
                for (var document : learner.documentsAfter(steps).entrySet()) {
                    String collection = document.getKey().collection().collectionName();
                    writer.addDocument(SourceCollection.named(collection).orElseThrow(), document.getValue());
                }
            }
            documents.settle(connection, Progress.SILENT);
            Oracle.evaluate(connection, Progress.SILENT);
        }
        for (String table : ContractSql.servedTables()) {
            run("insert into serving." + table + " select * from contract." + table);
        }
        run(
                "insert into serving.epoch values (" + epoch + ", now(), now())",
                "insert into staging.source_position (topic, partition, next_offset) values ('"
                        + Topics.live("interactions") + "', 2, " + nextOffset + ")");
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }
}
