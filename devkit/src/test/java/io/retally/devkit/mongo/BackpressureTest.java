package io.retally.devkit.mongo;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.changestream.FullDocument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A writer that is faster than a change stream waits for it; one that stays away is left behind. */
class BackpressureTest {

    private static final int RING = 64;

    @Test
    void aWriterWaitsForASlowReader() throws Exception {
        int documents = 20 * RING;
        try (var mongo = TestingMongo.start(RING, Duration.ofSeconds(60));
                var watching = new Watching(mongo.collection("contacts").watch())) {
            CompletableFuture<?> writing = insert(mongo, documents);

            assertThat(writing).isNotDone();
            assertThat(watching.next(documents)).hasSize(documents);
            writing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aReaderLooksUpDocumentsWhileTheirWriterWaitsForIt() throws Exception {
        int documents = 20 * RING;
        try (var mongo = TestingMongo.start(RING, Duration.ofSeconds(60))) {
            insert(mongo, documents).get(10, TimeUnit.SECONDS);
            var stream = mongo.collection("contacts").watch().fullDocument(FullDocument.UPDATE_LOOKUP);
            try (var watching = new Watching(stream)) {
                var writing = CompletableFuture.runAsync(
                        () -> mongo.collection("contacts").updateMany(gte("_id", 0), set("name", "Ada")));

                assertThat(watching.next(documents))
                        .allSatisfy(event -> assertThat(event.getFullDocument()).containsEntry("name", "Ada"));
                writing.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aReaderThatStaysAwayIsLeftBehind() throws Exception {
        try (var mongo = TestingMongo.start(RING, Duration.ofMillis(300));
                var watching = new Watching(mongo.collection("contacts").watch())) {
            insert(mongo, 3 * RING).get(10, TimeUnit.SECONDS);

            assertThatExceptionOfType(MongoCommandException.class)
                    .isThrownBy(() -> watching.next(3 * RING))
                    .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(286));
        }
    }

    @Test
    void noWriterWaitsForAClosedReader() throws Exception {
        try (var mongo = TestingMongo.start(RING, Duration.ofSeconds(60))) {
            new Watching(mongo.collection("contacts").watch()).close();
            insert(mongo, 3 * RING).get(10, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<?> insert(TestingMongo mongo, int documents) {
        List<Document> all = IntStream.range(0, documents)
                .mapToObj(id -> new Document("_id", id))
                .toList();
        return CompletableFuture.runAsync(() -> mongo.collection("contacts").insertMany(all));
    }
}
