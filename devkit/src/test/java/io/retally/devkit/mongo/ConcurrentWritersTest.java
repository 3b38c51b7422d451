package io.retally.devkit.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Whatever writers do at the same time, the changes replayed in their order give the collection. */
class ConcurrentWritersTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 500;
    private static final int IDS = 200;
    private static final int END = -1;

    @Test
    void theChangesReplayedAreTheCollection() {
        try (var mongo = TestingMongo.start(512, Duration.ofSeconds(60))) {
            var contacts = mongo.collection("contacts");
            var stream = contacts.watch().fullDocument(FullDocument.WHEN_AVAILABLE);
            try (var watching = new Watching(stream)) {
                List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                        .mapToObj(seed -> CompletableFuture.runAsync(() -> write(contacts, new Random(seed))))
                        .toList();
                var end = CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new))
                        .thenRun(() -> contacts.insertOne(new Document("_id", END)));

                Map<Integer, Document> replayed = replay(watching);

                end.join();
                Map<Integer, Document> stored = new HashMap<>();
                contacts.find().forEach(document -> stored.put(document.getInteger("_id"), document));
                stored.remove(END);
                assertThat(replayed).isEqualTo(stored);
            }
        }
    }

    private static void write(MongoCollection<Document> contacts, Random random) {
        for (int i = 0; i < WRITES; i++) {
            int id = random.nextInt(IDS);
            switch (random.nextInt(5)) {
                case 0 -> contacts.replaceOne(eq("_id", id), new Document("r", i), new ReplaceOptions().upsert(true));
                case 1 ->
                    contacts.updateOne(
                            eq("_id", id), set("f" + random.nextInt(9), i), new UpdateOptions().upsert(true));
                case 2 -> contacts.deleteOne(eq("_id", id));
                case 3 -> contacts.findOneAndUpdate(eq("_id", id), inc("n", 1));
                default -> contacts.updateMany(lt("_id", 5), inc("m", 1));
            }
        }
    }

    private static Map<Integer, Document> replay(Watching watching) {
        Map<Integer, Document> state = new HashMap<>();
        while (true) {
            ChangeStreamDocument<Document> event = watching.next();
            Integer id = event.getDocumentKey().getInt32("_id").getValue();
            Document after = event.getFullDocument();
            if (id == END) {
                return state;
            }
            if (after == null) {
                state.remove(id);
            } else {
                state.put(id, after);
            }
        }
    }
}
