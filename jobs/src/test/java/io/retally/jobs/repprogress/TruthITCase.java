package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Origin;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.Comparison;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.Published;
import io.retally.oracle.SourceCollection;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Incremental equals batch at every prefix: random change logs through all operators, and after every epoch each published
 * table against the contract's SQL over the documents that the messages so far leave. Crashes and restores happen in
 * between. A seed can be replayed with {@code -Dtruth.seed=N}; {@code -Dtruth.seeds=N} tries more of them.
 */
class TruthITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final int EPOCHS = 12;

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        target = new PostgresTarget(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void createScratch() throws SQLException {
        run(
                postgres.getPostgresDatabase().getConnection(),
                "drop database if exists scratch",
                "create database scratch");
    }

    static List<Long> seeds() {
        Long one = Long.getLong("truth.seed");
        if (one != null) {
            return List.of(one);
        }
        Random random = new Random();
        List<Long> seeds = new ArrayList<>();
        for (int i = Integer.getInteger("truth.seeds", 8); i > 0; i--) {
            seeds.add((long) random.nextInt(Integer.MAX_VALUE));
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyEpochEqualsTheContract(long seed) throws Exception {
        Random random = new Random(seed);
        RandomChangeLog log = new RandomChangeLog(seed);
        List<RandomChangeLog.Message> said = new ArrayList<>();
        OperatorChain chain = new OperatorChain(TOPICS, target);
        OperatorChain.Checkpoint last = null;
        int settled = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int i = random.nextInt(120); i >= 0; i--) {
                RandomChangeLog.Message message = log.next();
                said.add(message);
                chain.read(kafkaMessage(message, said.size()));
            }
            if (last != null && random.nextInt(6) == 0) {
                // A crash in the middle of an epoch: back to the last checkpoint, and the messages since then again.
                chain.close();
                chain = new OperatorChain(TOPICS, target, last);
                for (int i = settled; i < said.size(); i++) {
                    chain.read(kafkaMessage(said.get(i), i + 1));
                }
            }
            last = chain.barrier(epoch);
            settled = said.size();
            if (epoch > 1 && random.nextInt(4) == 0) {
                // A crash between 'checkpoint complete' and 'published'.
                chain.close();
                chain = new OperatorChain(TOPICS, target, last);
            } else {
                chain.complete(epoch);
            }
            assertPublishedEqualsContract(seed, epoch, said);
        }
        chain.close();
    }

    private static void assertPublishedEqualsContract(long seed, int epoch, List<RandomChangeLog.Message> said)
            throws SQLException {
        try (Connection scratch = postgres.getDatabase("postgres", "scratch").getConnection();
                Connection serving = postgres.getPostgresDatabase().getConnection()) {
            run(
                    scratch,
                    "drop schema if exists source cascade",
                    "drop schema if exists contract cascade",
                    "drop schema if exists published cascade");
            CurrentDocuments documents = CurrentDocuments.in(scratch);
            try (Connection own = postgres.getDatabase("postgres", "scratch").getConnection();
                    ChangeWriter writer = documents.writer(own)) {
                for (RandomChangeLog.Message message : said) {
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
            Published.copy(serving, scratch);
            Comparison comparison = Comparison.compare(scratch, Progress.SILENT);
            assertThat(comparison.isEqual())
                    .as("seed %d, epoch %d, %d messages:%n%s", seed, epoch, said.size(), comparison)
                    .isTrue();
        }
    }

    private static KafkaMessage kafkaMessage(RandomChangeLog.Message message, long offset) {
        return new KafkaMessage(
                TOPICS.topic(message.origin(), message.collection()), 0, offset, message.key(), message.value());
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
