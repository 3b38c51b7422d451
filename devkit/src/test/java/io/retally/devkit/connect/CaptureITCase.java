package io.retally.devkit.connect;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.connect.CapturedTopics.Message;
import io.retally.devkit.mongo.TestingMongo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in, Debezium in a Connect worker, and a broker, each as the embedded stack has it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CaptureITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectId TEAM = new ObjectId("650000000000000000000001");

    @TempDir
    static Path directory;

    private static TestingMongo mongo;
    private static TestingBroker broker;
    private static TestingWorker worker;

    @BeforeAll
    static void start() throws Exception {
        mongo = TestingMongo.start(1 << 18, Duration.ofSeconds(60));
        mongo.collection("teams")
                .insertOne(new Document("_id", TEAM).append("n", 5L).append("d", Decimal128.parse("12.50")));
        broker = TestingBroker.start(directory);
        worker = new TestingWorker(directory, broker.bootstrap(), mongo.server().uri());
        worker.register();
        worker.awaitRunning();
    }

    @AfterAll
    static void stop() {
        worker.close();
        broker.close();
        mongo.close();
    }

    @Test
    @Order(1)
    void writesMessagesAsTheContractShowsThem() {
        try (var teams = topics("teams");
                var contacts = topics("contacts")) {
            Message snapshot = teams.next(1, PATIENCE).get(0);
            assertThat(snapshot.key()).isEqualTo("{\"id\":\"{\\\"$oid\\\": \\\"650000000000000000000001\\\"}\"}");
            assertThat(snapshot.operation()).isEqualTo("r");
            assertThat(snapshot.at("/after").asText())
                    .isEqualTo("{\"_id\": {\"$oid\": \"650000000000000000000001\"},"
                            + "\"n\": {\"$numberLong\": \"5\"},\"d\": {\"$numberDecimal\": \"12.50\"}}");

            awaitStreaming(teams);
            var collection = mongo.collection("contacts");
            collection.insertOne(
                    new Document("_id", "ada").append("name", "Ada").append("teamId", "t"));
            List<Message> insert = contacts.next(1, PATIENCE);
            collection.updateOne(eq("_id", "ada"), combine(set("name", "Bea"), unset("teamId")));
            List<Message> update = contacts.next(1, PATIENCE);
            collection.replaceOne(eq("_id", "ada"), new Document("name", "Cleo"));
            List<Message> replacement = contacts.next(1, PATIENCE);
            collection.deleteOne(eq("_id", "ada"));
            List<Message> deletion = contacts.next(2, PATIENCE);

            assertThat(insert).extracting(Message::key).containsExactly("{\"id\":\"\\\"ada\\\"\"}");
            assertThat(insert).extracting(Message::operation).containsExactly("c");
            assertThat(insert.get(0).after()).containsEntry("name", "Ada");
            assertThat(insert.get(0).at("/source/collection").asText()).isEqualTo("contacts");
            assertThat(insert.get(0).at("/source/ts_ms").asLong())
                    .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(120_000L));

            assertThat(update).extracting(Message::operation).containsExactly("u");
            assertThat(update.get(0).after()).isEqualTo(new Document("_id", "ada").append("name", "Bea"));
            assertThat(update.get(0).at("/updateDescription/removedFields/0").asText())
                    .isEqualTo("teamId");

            assertThat(replacement).extracting(Message::operation).containsExactly("u");
            assertThat(replacement.get(0).at("/updateDescription").isNull()).isTrue();

            assertThat(deletion).extracting(Message::operation).containsExactly("d", "tombstone");
            assertThat(deletion.get(0).at("/after").isNull()).isTrue();
        }
    }

    @Test
    @Order(2)
    void losesNothingWhenTheWorkerIsKilled() throws Exception {
        var collection = mongo.collection("enrollments");
        var stop = new AtomicBoolean();
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> {
            int id = 0;
            while (!stop.get()) {
                collection.insertOne(new Document("_id", id).append("n", 0));
                collection.updateOne(eq("_id", id), set("n", 1));
                if (id % 3 == 0) {
                    collection.deleteOne(eq("_id", id));
                }
                id++;
            }
            return id;
        });
        try (var enrollments = topics("enrollments");
                var markers = topics("capture_markers")) {
            Map<String, Document> replayed = new HashMap<>();
            replay(enrollments.next(100, PATIENCE), replayed);
            worker.kill();
            worker.startAgain();
            worker.awaitRunning();
            replay(enrollments.next(100, PATIENCE), replayed);
            stop.set(true);
            writing.get(30, TimeUnit.SECONDS);
            mongo.collection("capture_markers").insertOne(new Document("_id", new ObjectId()));
            markers.next(1, PATIENCE);

            Map<String, Document> stored = new HashMap<>();
            collection.find().forEach(document -> stored.put("{\"id\":\"" + document.get("_id") + "\"}", document));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!replayed.equals(stored) && System.nanoTime() < deadline) {
                replay(enrollments.next(0, Duration.ZERO), replayed);
                replay(enrollments.next(1, PATIENCE), replayed);
            }
            assertThat(replayed).isEqualTo(stored);
        }
        assertThat(Files.readString(worker.log())).doesNotContain("io.debezium.metrics.stats");
    }

    @Test
    @Order(3)
    void capturesABulkLoad() {
        int documents = 100_000;
        var collection = mongo.collection("interactions");
        try (var interactions = topics("interactions")) {
            long began = System.nanoTime();
            var writing = CompletableFuture.runAsync(() -> {
                for (int first = 0; first < documents; first += 1_000) {
                    collection.insertMany(interactions(first, 1_000));
                }
            });
            Set<String> keys = new HashSet<>();
            while (keys.size() < documents) {
                interactions.next(1, PATIENCE).forEach(message -> keys.add(message.key()));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            writing.join();
            System.out.printf(
                    "captured %d inserts in %.1f s, %.0f a second%n", documents, seconds, documents / seconds);
        }
    }

    private static List<Document> interactions(int first, int size) {
        return java.util.stream.IntStream.range(first, first + size)
                .mapToObj(i -> new Document("_id", new ObjectId())
                        .append("accountId", "a1")
                        .append("contactId", "c" + i % 4_000)
                        .append("programId", "p" + i % 50)
                        .append("lessonId", "l" + i % 12)
                        .append("verb", "segment_watched")
                        .append("at", java.time.Instant.now())
                        .append("segment", i % 40))
                .toList();
    }

    /** The snapshot is over, and the change stream open, when a new document has come through. */
    private static void awaitStreaming(CapturedTopics teams) {
        mongo.collection("teams").insertOne(new Document("_id", "streaming"));
        teams.next(1, PATIENCE);
    }

    private static CapturedTopics topics(String collection) {
        return new CapturedTopics(broker.bootstrap(), "retally.coaching." + collection);
    }

    private static void replay(List<Message> messages, Map<String, Document> state) {
        for (Message message : messages) {
            if (message.value() == null) {
                continue;
            }
            Document after = message.after();
            if (after == null) {
                state.remove(message.key());
            } else {
                state.put(message.key(), after);
            }
        }
    }
}
