package io.retally.devkit.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import org.bson.Document;

/** A server and a real client of it. */
public record TestingMongo(MongoDevServer server, MongoClient client) implements AutoCloseable {

    public static TestingMongo start() {
        return start(1 << 16, Duration.ofSeconds(60));
    }

    public static TestingMongo start(int ringChanges, Duration patience) {
        MongoDevServer server = MongoDevServer.start(ringChanges, patience);
        return new TestingMongo(server, MongoClients.create(server.uri()));
    }

    public MongoCollection<Document> collection(String name) {
        return client.getDatabase("coaching").getCollection(name);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
