package io.retally.devkit.audit;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.connect.TestingWorker;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.mongo.TestingMongo;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Capturing;
import io.retally.devkit.verify.Logs;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.Ids;
import io.retally.oracle.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Capture that was away for too long: a real connector in a real Connect worker, whose resume token the stand-in's log no
 * longer has, and the job `audit` in a JVM of its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ReconciliationITCase {
    private static final int RING_CHANGES = 2_000;
    private static final int INTERACTIONS = 5_000;
    private static final ObjectId BEA = new ObjectId("650000000000000000000002");
    private static final UUID EVE = UUID.fromString("00000000-0000-4000-8000-000000000005");

    @TempDir
    static Path directory;

    private static TestingMongo mongo;
    private static TestingBroker broker;
    private static TestingWorker worker;
    private static Audit audit;

    @BeforeAll
    static void start() throws Exception {
        mongo = TestingMongo.start(RING_CHANGES, Duration.ofSeconds(5));
        writeCompany();
        broker = TestingBroker.start(directory);
        createTopics();
        worker = new TestingWorker(directory, broker.bootstrap(), mongo.server().uri());
        worker.register();
        worker.awaitRunning();
        audit = new Audit(
                mongo.server().uri(),
                broker.bootstrap(),
                new Connector(worker.rest(), worker.connector()),
                new Home(Path.of("..").toAbsolutePath().normalize()),
                directory,
                Progress.SILENT);
    }

    @AfterAll
    static void stop() {
        worker.close();
        broker.close();
        mongo.close();
    }

    private static void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            List<NewTopic> topics = new ArrayList<>();
            Topics.live().forEach(topic -> topics.add(new NewTopic(topic, 4, (short) 1)));
            topics.add(new NewTopic(Topics.CAPTURE_MARKERS, 1, (short) 1));
            admin.createTopics(topics).all().get();
        }
    }

    /** Ids of all kinds, fields that no table knows, documents that cannot be used; no teams. */
    private static void writeCompany() {
        mongo.collection("accounts")
                .insertOne(new Document("_id", "a1").append("name", "Åre").append("timeZone", "Europe/Stockholm"));
        mongo.collection("contacts")
                .insertMany(List.of(
                        contact("ada", "Ada"),
                        contact(BEA, "Bea"),
                        contact(3, "Cleo"),
                        contact(4L << 32, "Dan"),
                        contact(new BsonBinary(EVE), "Eve").append("nick\"name", "\u00e9\u0001"),
                        contact(1.5, "Flo").append("removedAt", Instant.EPOCH),
                        new Document("_id", "nameless").append("accountId", "a1")));
        mongo.collection("programs")
                .insertOne(new Document("_id", "p1")
                        .append("accountId", "a1")
                        .append("name", "Listening")
                        .append("kind", "course")
                        .append("passPercent", 80.0)
                        .append(
                                "lessons",
                                List.of(new Document("id", "l1")
                                        .append("title", "One")
                                        .append("videoSeconds", 60L)
                                        .append("required", true)
                                        .append("questionIds", List.of("q1")))));
        mongo.collection("enrollments").insertOne(enrollment("e1", "ada"));
        mongo.collection("interactions")
                .insertMany(IntStream.range(0, INTERACTIONS)
                        .mapToObj(ReconciliationITCase::interaction)
                        .toList());
    }

    private static Document contact(Object id, String name) {
        return new Document("_id", id).append("accountId", "a1").append("name", name);
    }

    private static Document enrollment(String id, String contactId) {
        return new Document("_id", id)
                .append("accountId", "a1")
                .append("contactId", contactId)
                .append("programId", "p1")
                .append("enrolledAt", Instant.EPOCH);
    }

    private static Document interaction(int i) {
        return new Document("_id", i)
                .append("accountId", "a1")
                .append("contactId", "ada")
                .append("programId", "p1")
                .append("lessonId", "l1")
                .append("verb", "segment_watched")
                .append("at", Instant.ofEpochMilli(i))
                .append("segment", i % 4);
    }

    @Test
    @Order(1)
    void findsNothingWhileTheLogSaysWhatMongodbHolds() throws Exception {
        assertThat(audit.find().findings()).isEmpty();
        Replayed replayed = Replayed.of(broker.bootstrap());
        assertThat(replayed.documents()).isEqualTo(stored());

        // A correction of a document that the log never had goes to the partition in which the connector will speak of
        // it.
        DebeziumMessages form = new DebeziumMessages(Topics.PREFIX, "coaching", Clock.systemUTC());
        assertThat(replayed.partitionsOfKeys().keySet())
                .containsAll(stored().entrySet().stream()
                        .map(document -> document.getKey().replaceFirst(" .*", " ")
                                + new String(
                                        form.key(document.getValue().get("_id", BsonNull.VALUE)),
                                        StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    @Order(2)
    void findsExactlyWhatCaptureMissed() throws Exception {
        worker.kill();
        mongo.collection("contacts").deleteOne(eq("_id", "ada"));
        mongo.collection("contacts").deleteOne(eq("_id", "nameless"));
        mongo.collection("interactions").deleteOne(eq("_id", 7));
        mongo.collection("contacts").updateOne(eq("_id", BEA), set("name", "Beate"));
        mongo.collection("contacts").updateOne(eq("_id", 3), set("hobby", "chess"));
        mongo.collection("contacts").insertOne(contact("new", "Nora"));
        mongo.collection("enrollments").insertOne(enrollment("e2", "new"));

        assertThat(named(audit.compare().findings()))
                .containsExactlyInAnyOrder(
                        "GONE contacts ada",
                        "GONE interactions 7",
                        "DIFFERENT contacts 650000000000000000000002",
                        "MISSING contacts new",
                        "MISSING enrollments e2");
    }

    @Test
    @Order(3)
    void aConnectorWithoutItsResumeTokenReadsAllDocumentsAgainAndMissesTheDeleted() throws Exception {
        int before = Objects.requireNonNull(
                Replayed.of(broker.bootstrap()).snapshots().get("interactions"));
        for (int first = 0; first <= RING_CHANGES; first += 500) {
            mongo.client()
                    .getDatabase("elsewhere")
                    .getCollection("noise")
                    .insertMany(IntStream.range(0, 500)
                            .mapToObj(i -> new Document())
                            .toList());
        }
        worker.startAgain();
        worker.awaitRunning();
        awaitCaught();

        Replayed replayed = Replayed.of(broker.bootstrap());
        assertThat(replayed.snapshots()).containsEntry("interactions", before + INTERACTIONS - 1);
        assertThat(Files.readString(worker.log())).contains("is no longer available on the server");
        Map<String, BsonDocument> stored = stored();
        assertThat(replayed.documents()).hasSize(stored.size() + 3).containsAllEntriesOf(stored);
        assertThat(named(audit.find().findings()))
                .containsExactlyInAnyOrder("GONE contacts ada", "GONE interactions 7");
    }

    @Test
    @Order(4)
    void repairsWhatItFindsWhileOthersGoOnWriting() throws Exception {
        long seed = Long.getLong("audit.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("ReconciliationITCase: seed " + seed);
        // As from messages that were lost: one says that a contact is gone, one that another has its old name.
        write("contacts", "{\"id\":\"{\\\"$oid\\\": \\\"" + BEA + "\\\"}\"}", "{\"op\":\"d\",\"after\":null}");
        write(
                "contacts",
                keyOf("contacts", EVE.toString()),
                "{\"op\":\"u\",\"after\":\"{\\\"_id\\\": 1, \\\"name\\\": \\\"Eva\\\", \\\"accountId\\\": \\\"a1\\\"}\"}");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> changeInteractions(stop, new Random(seed)));
        try {
            Audit.Result result = audit.find();
            assertThat(named(result.findings()))
                    .containsExactlyInAnyOrder(
                            "GONE contacts ada",
                            "GONE interactions 7",
                            "MISSING contacts " + BEA,
                            "DIFFERENT contacts " + EVE);
            assertThat(audit.repair(result)).isEqualTo(4);
        } finally {
            stop.set(true);
            writing.get(1, TimeUnit.MINUTES);
        }
        assertThat(audit.find().findings()).isEmpty();
        Replayed replayed = Replayed.of(broker.bootstrap());
        Map<String, BsonDocument> stored = stored();
        stored.keySet().removeIf(key -> key.equals("contacts nameless"));
        replayed.documents().remove("contacts nameless");
        assertThat(replayed.documents()).isEqualTo(stored);
        assertThat(replayed.keysInSeveralPartitions()).isEmpty();
    }

    private static void changeInteractions(AtomicBoolean stop, Random random) {
        var interactions = mongo.collection("interactions");
        for (int next = INTERACTIONS; !stop.get(); next++) {
            int other = 8 + random.nextInt(next - 8);
            interactions.insertOne(interaction(next));
            interactions.updateOne(eq("_id", other), set("segment", random.nextInt(4)));
            interactions.deleteOne(eq("_id", 8 + random.nextInt(next - 8)));
        }
    }

    private static void awaitCaught() {
        try (Capturing capturing = new Capturing(mongo.server().uri(), new Logs(broker.bootstrap()))) {
            capturing.awaitCaught();
        }
    }

    private static Map<String, BsonDocument> stored() {
        Map<String, BsonDocument> stored = new HashMap<>();
        for (String collection : Topics.COLLECTIONS) {
            mongo.client()
                    .getDatabase("coaching")
                    .getCollection(collection, BsonDocument.class)
                    .find()
                    .forEach(document ->
                            stored.put(collection + " " + Ids.text(document.get("_id", BsonNull.VALUE)), document));
        }
        return stored;
    }

    private static List<String> named(List<Finding> findings) {
        return findings.stream()
                .map(finding -> Stream.of(finding.kind(), finding.collection().collectionName(), finding.id())
                        .map(Object::toString)
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow())
                .toList();
    }

    private static String keyOf(String collection, String id) throws Exception {
        return Replayed.of(broker.bootstrap()).partitionsOfKeys().keySet().stream()
                .filter(key -> key.startsWith(collection + " "))
                .map(key -> key.substring(collection.length() + 1))
                .filter(key -> id.equals(ChangeReader.id(key.getBytes(StandardCharsets.UTF_8))))
                .findFirst()
                .orElseThrow();
    }

    private static void write(String collection, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.live(collection), key, value))
                    .get();
        }
    }
}
