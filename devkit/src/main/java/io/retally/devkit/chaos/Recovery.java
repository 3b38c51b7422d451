package io.retally.devkit.chaos;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.retally.core.document.Collection;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.watch.Watch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** How long it takes until a change made now in MongoDB can be read in PostgreSQL, whatever lies between. */
final class Recovery implements AutoCloseable {
    private static final BsonString PULSE = new BsonString("chaos-pulse");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration CALM = Duration.ofMillis(1_500);
    private static final Duration LONGEST_UNREST = Duration.ofMinutes(1);
    private static final int SILENCE_MILLIS = 5_000;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Executor SAME_THREAD = Runnable::run;

    private final MongoClient client;
    private final MongoCollection<BsonDocument> accounts;
    private final Watch.Source reader;
    private final BooleanSupplier isHopeless;
    private int beat;

    /** @param isHopeless whether no change can come through any more, however long one waits */
    Recovery(String mongodbUri, Watch.Source reader, BooleanSupplier isHopeless) {
        this.client = MongoClients.create(mongodbUri);
        this.accounts = client.getDatabase(MongoTarget.DATABASE)
                .getCollection(Collection.ACCOUNTS.collectionName(), BsonDocument.class);
        this.reader = reader;
        this.isHopeless = isHopeless;
    }

    /** Empty when it is hopeless, or took so long that nobody waits any more. */
    Optional<Duration> await() throws InterruptedException {
        long begin = System.nanoTime();
        String name = "Beat " + ++beat;
        accounts.replaceOne(
                Filters.eq("_id", PULSE), Documents.account(PULSE, name, "UTC"), new ReplaceOptions().upsert(true));
        long asked = begin;
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            try (Connection connection = reader.connect();
                    PreparedStatement statement =
                            connection.prepareStatement("select name from serving.account where account_id = ?")) {
                connection.setNetworkTimeout(SAME_THREAD, SILENCE_MILLIS);
                statement.setString(1, PULSE.getValue());
                while (System.nanoTime() - begin < PATIENCE.toNanos()) {
                    if (System.nanoTime() - asked > BETWEEN_QUESTIONS.toNanos()) {
                        if (isHopeless.getAsBoolean()) {
                            return Optional.empty();
                        }
                        asked = System.nanoTime();
                    }
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next() && name.equals(row.getString(1))) {
                            return Optional.of(Duration.ofNanos(System.nanoTime() - begin));
                        }
                    }
                    Thread.sleep(10);
                }
            } catch (SQLException e) {
                Thread.sleep(50); // PostgreSQL is away
            }
        }
        return Optional.empty();
    }

    /**
     * Waits until changes are read soon after they are made, what had piled up is worked off and the parts are at work: only then
     * does a kill show what it costs by itself. Not for ever: a machine may be too slow for it.
     *
     * @return how long the last change took; empty as of {@link #await}
     */
    Optional<Duration> awaitCalm() throws InterruptedException {
        long begin = System.nanoTime();
        Optional<Duration> took;
        do {
            took = await();
        } while (took.isPresent()
                && took.get().compareTo(CALM) > 0
                && System.nanoTime() - begin < LONGEST_UNREST.toNanos());
        return took;
    }

    /** The pulse is no part of the load. */
    void end() {
        accounts.deleteOne(Filters.eq("_id", PULSE));
    }

    @Override
    public void close() {
        client.close();
    }
}
