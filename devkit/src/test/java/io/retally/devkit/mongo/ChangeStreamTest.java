package io.retally.devkit.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static com.mongodb.client.model.changestream.OperationType.DELETE;
import static com.mongodb.client.model.changestream.OperationType.DROP;
import static com.mongodb.client.model.changestream.OperationType.INSERT;
import static com.mongodb.client.model.changestream.OperationType.INVALIDATE;
import static com.mongodb.client.model.changestream.OperationType.REPLACE;
import static com.mongodb.client.model.changestream.OperationType.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeStreamTest {

    private TestingMongo mongo;
    private MongoCollection<Document> contacts;

    @BeforeEach
    void start() {
        mongo = TestingMongo.start(100, Duration.ZERO);
        contacts = mongo.collection("contacts");
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void reportsEveryKindOfWriteInOrder() {
        try (var watching = new Watching(contacts.watch())) {
            contacts.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
            contacts.updateOne(eq("_id", 1), set("name", "Ada"));
            contacts.updateOne(eq("_id", 1), set("name", "Ada"));
            contacts.replaceOne(eq("_id", 1), new Document("name", "Bea"));
            contacts.findOneAndUpdate(eq("_id", 1), set("name", "Cleo"));
            contacts.findOneAndReplace(eq("_id", 1), new Document("name", "Dot"));
            contacts.bulkWrite(List.of(
                    new UpdateOneModel<>(eq("_id", 3), set("name", "Eve"), new UpdateOptions().upsert(true)),
                    new ReplaceOneModel<>(eq("_id", 4), new Document("name", "Flo"), new ReplaceOptions().upsert(true)),
                    new DeleteOneModel<>(eq("_id", 3))));
            contacts.findOneAndDelete(eq("_id", 4));
            contacts.updateMany(gte("_id", 1), inc("n", 1));
            contacts.deleteMany(gte("_id", 1));

            assertThat(watching.nextOperations(14))
                    .containsExactly(
                            INSERT, INSERT, UPDATE, REPLACE, UPDATE, REPLACE, INSERT, INSERT, DELETE, DELETE, UPDATE,
                            UPDATE, DELETE, DELETE);
            assertThat(watching.isQuiet()).isTrue();
        }
    }

    @Test
    void describesAnUpdate() {
        contacts.insertOne(new Document("_id", 1)
                .append("gone", 1)
                .append("list", List.of(1, 2, 3))
                .append("sub", new Document("x", 1).append("y", 2)));
        try (var watching = new Watching(contacts.watch())) {
            contacts.updateOne(eq("_id", 1), combine(set("sub.x", 5), unset("gone"), push("list", 4)));

            var description = watching.next().getUpdateDescription();
            assertThat(description).isNotNull();
            assertThat(description.getUpdatedFields()).isEqualTo(BsonDocument.parse("{'list.3': 4, 'sub.x': 5}"));
            assertThat(description.getRemovedFields()).containsExactly("gone");
        }
    }

    @Test
    void looksUpdatedDocumentsUpAsTheyAreNow() {
        contacts.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
        try (var watching = new Watching(contacts.watch().fullDocument(FullDocument.UPDATE_LOOKUP))) {
            contacts.updateOne(eq("_id", 1), set("n", 1));
            contacts.updateOne(eq("_id", 1), set("n", 2));
            contacts.updateOne(eq("_id", 2), set("n", 1));
            contacts.deleteOne(eq("_id", 2));

            assertThat(watching.next(4))
                    .extracting(ChangeStreamDocument::getFullDocument)
                    .containsExactly(
                            new Document("_id", 1).append("n", 2), new Document("_id", 1).append("n", 2), null, null);
        }
    }

    @Test
    void hasTheImagesBeforeAndAfter() {
        contacts.insertOne(new Document("_id", 1).append("n", 0));
        var stream = contacts.watch()
                .fullDocument(FullDocument.WHEN_AVAILABLE)
                .fullDocumentBeforeChange(FullDocumentBeforeChange.WHEN_AVAILABLE);
        try (var watching = new Watching(stream)) {
            contacts.updateOne(eq("_id", 1), set("n", 1));
            contacts.deleteOne(eq("_id", 1));

            var update = watching.next();
            assertThat(update.getFullDocument()).containsEntry("n", 1);
            assertThat(update.getFullDocumentBeforeChange()).containsEntry("n", 0);
            var delete = watching.next();
            assertThat(delete.getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 1}"));
            assertThat(delete.getFullDocumentBeforeChange()).containsEntry("n", 1);
        }
    }

    @Test
    void resumesAfterAToken() {
        BsonDocument token;
        try (var watching = new Watching(contacts.watch())) {
            contacts.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
            token = watching.next().getResumeToken();
        }
        contacts.insertOne(new Document("_id", 3));
        try (var watching = new Watching(contacts.watch().resumeAfter(token))) {
            assertThat(watching.next(2))
                    .extracting(ChangeStreamDocument::getDocumentKey)
                    .containsExactly(BsonDocument.parse("{_id: 2}"), BsonDocument.parse("{_id: 3}"));
        }
    }

    @Test
    void refusesATokenThatTheLogNoLongerHas() {
        BsonDocument token;
        try (var watching = new Watching(contacts.watch())) {
            contacts.insertOne(new Document("_id", -1));
            token = watching.next().getResumeToken();
        }
        for (int id = 0; id < 101; id++) {
            contacts.insertOne(new Document("_id", id));
        }
        assertThatExceptionOfType(MongoCommandException.class)
                .isThrownBy(() -> new Watching(contacts.watch().resumeAfter(token)))
                .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(286));
    }

    @Test
    void refusesATokenOfAnEarlierLife() {
        BsonDocument token;
        try (var watching = new Watching(contacts.watch())) {
            contacts.insertOne(new Document("_id", 1));
            token = watching.next().getResumeToken();
        }
        try (var restarted = TestingMongo.start()) {
            restarted.collection("contacts").insertOne(new Document("_id", 1));
            assertThatExceptionOfType(MongoCommandException.class)
                    .isThrownBy(() -> new Watching(
                            restarted.collection("contacts").watch().resumeAfter(token)))
                    .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(286));
        }
    }

    @Test
    void coversACollectionADatabaseOrAll() {
        try (var one = new Watching(contacts.watch());
                var database =
                        new Watching(mongo.client().getDatabase("coaching").watch(List.of()));
                var all = new Watching(mongo.client().watch())) {
            mongo.client().getDatabase("other").getCollection("x").insertOne(new Document("_id", "o"));
            mongo.collection("teams").insertOne(new Document("_id", "t"));
            contacts.insertOne(new Document("_id", "c"));

            assertThat(one.next().getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 'c'}"));
            assertThat(database.next(2)).hasSize(2);
            assertThat(all.next(3)).hasSize(3);
        }
    }

    @Test
    void appliesThePipeline() {
        var pipeline = List.of(Aggregates.match(Filters.eq("fullDocument.n", 2)));
        try (var watching = new Watching(contacts.watch(pipeline))) {
            contacts.insertMany(List.of(new Document("_id", 1).append("n", 1), new Document("_id", 2).append("n", 2)));
            assertThat(watching.next().getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 2}"));
        }
    }

    @Test
    void endsWhenTheCollectionIsDropped() {
        contacts.insertOne(new Document("_id", 1));
        try (var watching = new Watching(contacts.watch())) {
            contacts.drop();
            assertThat(watching.nextOperations(2)).containsExactly(DROP, INVALIDATE);
            assertThat(watching.hasEnded()).isTrue();
        }
    }

    @Test
    void saysNothingOfARefusedWrite() {
        contacts.insertOne(new Document("_id", 2));
        try (var watching = new Watching(contacts.watch())) {
            assertThatExceptionOfType(MongoBulkWriteException.class)
                    .isThrownBy(() -> contacts.insertMany(
                            List.of(new Document("_id", 1), new Document("_id", 2), new Document("_id", 3))));
            assertThat(watching.next().getDocumentKey()).isEqualTo(BsonDocument.parse("{_id: 1}"));
            assertThat(watching.isQuiet()).isTrue();
        }
    }

    @Test
    void movesItsTokenPastWhatDoesNotConcernIt() {
        try (var watching = new Watching(contacts.watch())) {
            BsonDocument before = watching.resumeToken();
            mongo.collection("teams").insertOne(new Document("_id", 1));
            assertThat(watching.isQuiet()).isTrue();
            assertThat(watching.resumeToken()).isNotEqualTo(before);
        }
    }
}
