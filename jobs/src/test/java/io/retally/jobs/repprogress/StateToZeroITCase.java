package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.DocumentState;
import io.retally.core.document.Origin;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When all documents are deleted, nothing is left in any state but that the live topic has spoken of some, nor in any table. */
class StateToZeroITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final Set<String> REP_STATES = Set.of("rep", "facts", "days");

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;

    private long offset;

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

    @Test
    void whenAllDocumentsAreDeletedOnlyMarksAreLeft(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("truth.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("StateToZeroITCase: seed " + seed);
        Random random = new Random(seed);
        Deployment deployment = new Deployment(TestingBackend.Kind.ROCKSDB, true, 3, 50_000);
        try (SimulatedJob job = new SimulatedJob(TOPICS, target, folder, deployment, random)) {
            RandomChangeLog log = new RandomChangeLog(random.nextLong());
            // The log may have happened to say something live of each document.
            read(
                    job,
                    TOPICS.topic(Origin.BACKFILL, Collection.CONTACTS),
                    bytes("{\"id\":\"\\\"archived\\\"\"}"),
                    bytes(
                            "{\"op\":\"c\",\"after\":\"{\\\"_id\\\":\\\"archived\\\",\\\"accountId\\\":\\\"a0\\\",\\\"name\\\":\\\"Ada\\\"}\"}"));
            Set<String> kept = new HashSet<>();
            for (int epoch = 0; epoch < 5; epoch++) {
                for (int i = 0; i < 300; i++) {
                    RandomChangeLog.Message message = log.next();
                    read(job, TOPICS.topic(message.origin(), message.collection()), message.key(), message.value());
                }
                job.complete(job.barrier());
                kept.addAll(keptKinds(job));
            }
            // Over all epochs: in the last one both accounts may happen to be deleted, and no rep has a day then.
            assertThat(kept).containsAll(REP_STATES).contains("total", "images", "rows");

            Map<String, byte[]> documents =
                    job.subtasks(Operators.DIFFERENTIATE_DOCUMENTS).values(Differentiate.DOCUMENT);
            Map<String, byte[]> marks = new HashMap<>();
            for (Map.Entry<String, byte[]> entry : documents.entrySet()) {
                boolean live = DocumentState.fromBytes(entry.getValue()).liveDecides();
                delete(job, entry.getKey(), live ? Origin.LIVE : Origin.BACKFILL);
                if (live) {
                    marks.put(entry.getKey(), new byte[] {1});
                }
            }
            assertThat(marks).hasSizeBetween(1, documents.size() - 1);
            Attempt.Checkpoint checkpoint = job.barrier();
            job.complete(checkpoint);
            assertOnlyMarksAreKept(job, marks);
            assertThat(rowsInAllTables()).isZero();

            job.crash(checkpoint);
            assertOnlyMarksAreKept(job, marks);
        }
    }

    private void read(SimulatedJob job, String topic, byte @Nullable [] key, byte @Nullable [] value) throws Exception {
        job.read(new KafkaMessage(topic, 0, offset++, key, value));
    }

    private void delete(SimulatedJob job, String document, Origin origin) throws Exception {
        DocumentChange deletion = new DocumentChange(document, origin, null);
        read(
                job,
                TOPICS.topic(origin, deletion.collection()),
                bytes("{\"id\":\"\\\"%s\\\"\"}".formatted(deletion.id())),
                bytes("{\"op\":\"d\",\"after\":null}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> keptKinds(SimulatedJob job) throws Exception {
        Set<String> kinds = new HashSet<>();
        for (String state : REP_STATES) {
            addIf(!keys(job, Operators.KEEP_LEDGERS, state).isEmpty(), state, kinds);
        }
        addIf(!keys(job, Operators.ACCUMULATE_TOTALS, "total").isEmpty(), "total", kinds);
        addIf(!job.subtasks(Operators.KEEP_LEDGERS).broadcast(WorldState.IMAGES).isEmpty(), "images", kinds);
        addIf(rowsInAllTables() > 0, "rows", kinds);
        return kinds;
    }

    private static void addIf(boolean kept, String kind, Set<String> kinds) {
        if (kept) {
            kinds.add(kind);
        }
    }

    private static void assertOnlyMarksAreKept(SimulatedJob job, Map<String, byte[]> marks) throws Exception {
        assertThat(job.subtasks(Operators.DIFFERENTIATE_DOCUMENTS).values(Differentiate.DOCUMENT))
                .usingRecursiveComparison()
                .isEqualTo(marks);
        assertThat(job.subtasks(Operators.DIFFERENTIATE_DOCUMENTS).numKeyedStateEntries())
                .isEqualTo(marks.size());
        assertThat(job.subtasks(Operators.KEEP_LEDGERS).numKeyedStateEntries()).isZero();
        assertThat(job.subtasks(Operators.KEEP_LEDGERS).broadcast(WorldState.IMAGES))
                .isEmpty();
        assertThat(job.subtasks(Operators.ACCUMULATE_TOTALS).numKeyedStateEntries())
                .isZero();
    }

    private static Set<String> keys(SimulatedJob job, Operators operator, String state) {
        Set<String> keys = new HashSet<>();
        job.subtasks(operator).keys(state).forEach(keys::addAll);
        return keys;
    }

    private static long rowsInAllTables() throws SQLException {
        long rows = 0;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (ServingTable table : ServingTable.values()) {
                try (ResultSet result = statement.executeQuery("select count(*) from serving." + table.tableName())) {
                    result.next();
                    rows += result.getLong(1);
                }
            }
        }
        return rows;
    }
}
