package io.retally.bench.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/**
 * A generated company, with its removals, restorations, moves, corrections, deletions and edits of programs, through the
 * queries on a cluster in this JVM and through the contract: all tables are equal. At its end half of the reps leave one after
 * the other, so that of many rows of totals the last changes and the deletion come in one bundle.
 */
class SqlJobITCase {
    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final Size SIZE = new Size(60, 3, 6_000);
    /** So small that what one bundle has added another one takes back. */
    private static final int BUNDLE = 50;

    private static final long SEED = Long.getLong("bench.seed", System.nanoTime() % 1_000_000);

    @Test
    void itsTablesAreThoseOfTheContract() throws Exception {
        System.out.println("-Dbench.seed=" + SEED);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection serving = postgres.getPostgresDatabase().getConnection();
                Statement statement = serving.createStatement()) {
            Migrations.migrate(postgres.getPostgresDatabase());
            statement.execute("create database scratch");
            try (Connection scratch =
                    postgres.getDatabase("postgres", "scratch").getConnection()) {
                CurrentDocuments documents = CurrentDocuments.in(scratch);
                List<KafkaMessage> messages = messages(documents, scratch);

                run(messages, new PostgresTarget(postgres.getJdbcUrl("postgres", "postgres"), "postgres"));

                Published.copy(serving, scratch);
                documents.settle(scratch, Progress.SILENT);
                Oracle.evaluate(scratch, Progress.SILENT);
                Comparison comparison = Comparison.compare(scratch, Progress.SILENT);
                assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
            }
        }
    }

    private static void run(List<KafkaMessage> messages, PostgresTarget target) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                2,
                Configuration.fromMap(Map.of(
                        "pipeline.object-reuse",
                        "true",
                        "pipeline.generic-types",
                        "false",
                        "execution.checkpointing.interval",
                        "500 ms",
                        "restart-strategy.type",
                        "none")));
        SqlJob.define(
                env.fromData(messages)
                        .setParallelism(1)
                        .keyBy(
                                message -> Arrays.hashCode(message.key()),
                                Types.INT), // a document's changes stay in order
                TOPICS,
                target,
                BUNDLE);
        env.execute();
    }

    /** Of the whole company, which the contract gets, too. */
    private static List<KafkaMessage> messages(CurrentDocuments documents, Connection scratch) throws SQLException {
        DebeziumMessages debezium = new DebeziumMessages("retally", "coaching", Clock.systemUTC());
        List<KafkaMessage> messages = new ArrayList<>();
        int deletions = 0;
        int replacements = 0;
        try (ChangeWriter writer = documents.writer(scratch)) {
            for (ChangeOfDocument change : changes()) {
                byte[] key = debezium.key(change.id());
                byte[] value = debezium.value(change);
                messages.add(new KafkaMessage(
                        TOPICS.topic(Origin.LIVE, change.collection()), 0, messages.size(), key, value));
                writer.add(
                        SourceCollection.named(change.collection().collectionName())
                                .orElseThrow(),
                        CurrentDocuments.Origin.LIVE,
                        key,
                        value);
                deletions += change.op() == ChangeOfDocument.Op.DELETE ? 1 : 0;
                replacements += change.op() == ChangeOfDocument.Op.REPLACE ? 1 : 0;
            }
        }
        assertThat(deletions).isPositive();
        assertThat(replacements).isPositive();
        return messages;
    }

    private static List<ChangeOfDocument> changes() {
        List<ChangeOfDocument> changes = new ArrayList<>();
        Set<BsonValue> reps = new LinkedHashSet<>();
        for (ChangeOfDocument change : new GeneratedCompany(SEED, SIZE, Instant.parse("2026-01-01T00:00:00Z"))) {
            changes.add(change);
            if (change.collection() == Collection.CONTACTS) {
                reps.add(change.id());
            }
        }
        List<BsonValue> leaving = new ArrayList<>(reps);
        Collections.shuffle(leaving, new Random(SEED));
        leaving.stream()
                .limit(leaving.size() / 2)
                .map(rep -> ChangeOfDocument.delete(Collection.CONTACTS, rep))
                .forEach(changes::add);
        return changes;
    }
}
