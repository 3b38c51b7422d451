package io.retally.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.SourceCollection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated company, with its removals, restorations, moves, corrections, deletions and edits of programs, through the peer
 * and through the contract: the rows are equal.
 */
class StreamsTopologyITCase {
    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final Size SIZE = new Size(60, 3, 6_000);
    private static final int SETTLE_AFTER = 200;
    private static final long SEED = Long.getLong("bench.seed", System.nanoTime() % 1_000_000);

    private final DebeziumMessages messages = new DebeziumMessages("retally", "coaching", Clock.systemUTC());

    @Test
    void itsRowsAreThoseOfTheContract(@TempDir Path state) throws Exception {
        System.out.println("-Dbench.seed=" + SEED);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection scratch = postgres.getPostgresDatabase().getConnection();
                TopologyTestDriver peer =
                        new TopologyTestDriver(StreamsTopology.define(TOPICS, "peer", 2), settings, Instant.EPOCH)) {
            CurrentDocuments documents = CurrentDocuments.in(scratch);
            feed(peer, documents, scratch);
            documents.settle(scratch, Progress.SILENT);
            Oracle.evaluate(scratch, Progress.SILENT);

            for (String table : PublishedTables.NAMES) {
                List<String> rows = PublishedTables.rows(scratch, "contract", table);
                assertThat(rows).as(table).hasSizeGreaterThan(table.equals(Outcome.REP_LESSON) ? 50 : 0);
                assertThat(published(peer, table)).as(table).containsExactlyInAnyOrderElementsOf(rows);
            }
        }
    }

    /** To both; the peer settles now and then, so that it has something to take back. */
    private void feed(TopologyTestDriver peer, CurrentDocuments documents, Connection scratch) throws SQLException {
        Map<Collection, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Collection.class);
        for (Collection collection : Collection.values()) {
            if (collection != Collection.TEAMS) { // it reads none
                inputs.put(
                        collection,
                        peer.createInputTopic(
                                TOPICS.topic(Origin.LIVE, collection),
                                new ByteArraySerializer(),
                                new ByteArraySerializer()));
            }
        }
        int count = 0;
        int deletions = 0;
        int replacements = 0;
        try (ChangeWriter writer = documents.writer(scratch)) {
            for (ChangeOfDocument change : new GeneratedCompany(SEED, SIZE, Instant.parse("2026-01-01T00:00:00Z"))) {
                byte[] key = messages.key(change.id());
                byte[] value = messages.value(change);
                TestInputTopic<byte[], byte[]> input = inputs.get(change.collection());
                if (input != null) {
                    input.pipeInput(key, value);
                }
                writer.add(
                        SourceCollection.named(change.collection().collectionName())
                                .orElseThrow(),
                        CurrentDocuments.Origin.LIVE,
                        key,
                        value);
                deletions += change.op() == ChangeOfDocument.Op.DELETE ? 1 : 0;
                replacements += change.op() == ChangeOfDocument.Op.REPLACE ? 1 : 0;
                if (++count % SETTLE_AFTER == 0) {
                    peer.advanceWallClockTime(Ledger.SETTLE_EVERY);
                }
            }
        }
        peer.advanceWallClockTime(Ledger.SETTLE_EVERY);
        assertThat(deletions).isPositive();
        assertThat(replacements).isPositive();
    }

    private static List<String> published(TopologyTestDriver peer, String table) {
        Map<String, String> rows = new TreeMap<>();
        peer.createOutputTopic(StreamsTopology.topic("peer", table), new StringDeserializer(), new StringDeserializer())
                .readRecordsToList()
                .forEach(row -> {
                    if (row.value() == null) {
                        rows.remove(row.key());
                    } else {
                        rows.put(row.key(), row.value());
                    }
                });
        return List.copyOf(rows.values());
    }
}
