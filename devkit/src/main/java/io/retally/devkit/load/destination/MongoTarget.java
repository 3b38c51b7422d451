package io.retally.devkit.load.destination;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes to database {@code coaching} of MongoDB in unordered batches, a few at a time. A document's changes all go to
 * one {@link MongoWriter}, which keeps their order.
 */
public final class MongoTarget implements Target {

    /** The database of the documents. */
    public static final String DATABASE = "coaching";

    private static final int WRITERS = 4;

    private final MongoClient client;
    private final List<MongoWriter> writers = new ArrayList<>();

    public MongoTarget(String uri) {
        this.client = MongoClients.create(uri);
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new MongoWriter(client.getDatabase(DATABASE), i));
        }
    }

    @Override
    public void accept(ChangeOfDocument change) {
        int writer = Math.floorMod((change.id().hashCode() * 0x9E3779B9) >>> 8, WRITERS);
        writers.get(writer).accept(change);
    }

    @Override
    public void flush() {
        writers.forEach(MongoWriter::flush);
    }

    @Override
    public long alreadyThere() {
        return writers.stream().mapToLong(MongoWriter::alreadyThere).sum();
    }

    @Override
    public void close() {
        writers.forEach(MongoWriter::close);
        client.close();
    }
}
