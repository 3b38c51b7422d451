package io.retally.devkit.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesTest {

    private TestingMongo mongo;
    private MongoCollection<Document> numbers;

    @BeforeEach
    void start() {
        mongo = TestingMongo.start();
        numbers = mongo.collection("numbers");
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void keepsEveryTypeOfAnId() {
        List<Object> ids = List.of(1, 2L, "three", new ObjectId(), new Decimal128(5), new BsonTimestamp(6));
        ids.forEach(id -> numbers.insertOne(new Document("_id", id).append("was", id)));

        assertThat(ids)
                .allSatisfy(id -> assertThat(numbers.find(eq("_id", id)).first())
                        .containsEntry("_id", id)
                        .containsEntry("was", id));
        numbers.insertOne(new Document("_id", UUID.randomUUID().toString()));
        assertThat(numbers.countDocuments()).isEqualTo(7);
    }

    @Test
    void findsAllInBatches() {
        insert(25_000);
        List<Document> found = numbers.find().into(new ArrayList<>());
        assertThat(found).hasSize(25_000);
        assertThat(numbers.find().batchSize(999).into(new ArrayList<>())).isEqualTo(found);
    }

    @Test
    void findsMoreThanAMessageHolds() {
        String megabyte = "x".repeat(1 << 20);
        for (int id = 0; id < 60; id++) {
            numbers.insertOne(new Document("_id", id).append("text", megabyte));
        }
        assertThat(numbers.find().into(new ArrayList<>())).hasSize(60);
        assertThat(numbers.aggregate(List.of(Aggregates.match(gte("_id", 0)))).into(new ArrayList<>()))
                .hasSize(60);
    }

    @Test
    void sortsSkipsLimitsAndProjects() {
        insert(100);
        assertThat(numbers.find(gte("_id", 10))
                        .sort(descending("_id"))
                        .skip(1)
                        .limit(2)
                        .projection(include("parity"))
                        .into(new ArrayList<>()))
                .containsExactly(
                        new Document("_id", 98).append("parity", "even"),
                        new Document("_id", 97).append("parity", "odd"));
    }

    @Test
    void filtersByFieldsOfAnyKind() {
        ObjectId id = new ObjectId();
        numbers.insertMany(List.of(
                new Document("_id", 1).append("a", 1).append("s", "x").append("o", id),
                new Document("_id", 2).append("s", List.of("x", "y")),
                new Document("_id", 3).append("n", 5L).append("s", "xy"),
                new Document("_id", 4).append("n", 5.0).append("sub", new Document("s", "x"))));

        assertThat(ids(eq("s", "x"))).containsExactly(1, 2);
        assertThat(ids(eq("o", id))).containsExactly(1);
        assertThat(ids(eq("n", 5))).containsExactly(3, 4);
        assertThat(ids(eq("sub.s", "x"))).containsExactly(4);
        assertThat(ids(and(eq("s", "x"), eq("a", 1)))).containsExactly(1);
        assertThat(ids(in("_id", 4, 2, 9))).containsExactly(2, 4);
        assertThat(ids(Filters.exists("s", false))).containsExactly(4);
    }

    @Test
    void updatesAndDeletesTheRestWhileItIteratesOverIt() {
        insert(1_000);
        assertThat(numbers.updateMany(eq("parity", "odd"), new Document("$set", new Document("seen", true)))
                        .getModifiedCount())
                .isEqualTo(500);
        assertThat(numbers.deleteMany(eq("parity", "even")).getDeletedCount()).isEqualTo(500);
        assertThat(numbers.countDocuments(eq("seen", true))).isEqualTo(500);
        assertThat(numbers.estimatedDocumentCount()).isEqualTo(500);
    }

    @Test
    void splitsACollectionByBounds() {
        insert(1_000);
        Document bounded = mongo.client()
                .getDatabase("coaching")
                .runCommand(new Document("find", "numbers")
                        .append("min", new Document("_id", 100))
                        .append("max", new Document("_id", 200))
                        .append("batchSize", 1_000));
        assertThat(bounded.get("cursor", Document.class).getList("firstBatch", Document.class))
                .hasSize(100);
    }

    @Test
    void splitsACollectionWhoseIdsAreOfSeveralTypes() {
        List<Object> ids = List.of(1, 2.5, 3L, "a", "b", new ObjectId(), new ObjectId());
        numbers.insertMany(ids.stream().map(id -> new Document("_id", id)).toList());
        List<Object> bounds = List.of(new MinKey(), 3L, "b", ids.get(5), new MaxKey());
        List<Object> found = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.size(); i++) {
            mongo.client()
                    .getDatabase("coaching")
                    .runCommand(new Document("find", "numbers")
                            .append("min", new Document("_id", bounds.get(i)))
                            .append("max", new Document("_id", bounds.get(i + 1))))
                    .get("cursor", Document.class)
                    .getList("firstBatch", Document.class)
                    .forEach(document -> found.add(document.get("_id")));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<Integer> ids(org.bson.conversions.Bson filter) {
        return numbers.find(filter).map(document -> document.getInteger("_id")).into(new ArrayList<>());
    }

    private void insert(int documents) {
        numbers.insertMany(IntStream.range(0, documents)
                .mapToObj(id -> new Document("_id", id).append("parity", id % 2 == 0 ? "even" : "odd"))
                .toList());
    }
}
