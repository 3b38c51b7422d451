package io.retally.devkit.forget;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.retally.devkit.mongo.MongoDevServer;
import io.retally.oracle.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Only the contact that was named is deleted, whatever its id's type. */
class StoredContactTest {
    private static final List<BsonValue> CONTACTS = List.of(
            new BsonString("ada"),
            new BsonString("007"),
            new BsonInt32(7),
            new BsonDouble(7.5),
            new BsonInt64(Long.MAX_VALUE),
            new BsonInt64(Long.MIN_VALUE),
            new BsonObjectId(new ObjectId("6500000000000000000003e9")),
            new BsonString("6500000000000000000003E9"),
            new BsonBinary(UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100")),
            new BsonString("f0e0d0c-b0a-908-706-50403020100"),
            new BsonString("{\"not\": json"),
            new BsonDocument("branch", new BsonInt32(1)).append("number", new BsonString("2")));

    @Test
    void onlyTheNamedOneIsDeleted() {
        for (BsonValue contact : CONTACTS) {
            assertThat(leftAfter(contact)).as("after %s", contact).isEqualTo(allBut(contact));
        }
    }

    /** To MongoDB 7 and 7.0 are one id, so they live in collections of their own: a contact, and another's interaction. */
    @Test
    void aNumberOfAnotherTypeIsAnothers() {
        try (MongoDevServer server = MongoDevServer.start();
                MongoClient client = MongoClients.create(server.uri());
                StoredContact seven = new StoredContact(server.uri(), "7")) {
            documents(client, "contacts").insertOne(new BsonDocument("_id", new BsonInt64(7)));
            documents(client, "interactions")
                    .insertOne(new BsonDocument("_id", new BsonString("i")).append("contactId", new BsonDouble(7)));
            seven.delete();
            assertThat(documents(client, "contacts").countDocuments()).isZero();
            assertThat(documents(client, "interactions").countDocuments()).isOne();
        }
    }

    private static List<BsonValue> leftAfter(BsonValue contact) {
        try (MongoDevServer server = MongoDevServer.start();
                MongoClient client = MongoClients.create(server.uri());
                StoredContact stored = new StoredContact(server.uri(), Objects.requireNonNull(Ids.text(contact)))) {
            MongoCollection<BsonDocument> contacts = documents(client, "contacts");
            CONTACTS.forEach(id -> contacts.insertOne(new BsonDocument("_id", id)));
            stored.delete();
            List<BsonValue> left = new ArrayList<>();
            contacts.find().forEach(document -> left.add(document.get("_id")));
            return left;
        }
    }

    private static List<BsonValue> allBut(BsonValue contact) {
        return CONTACTS.stream().filter(id -> !id.equals(contact)).toList();
    }

    private static MongoCollection<BsonDocument> documents(MongoClient client, String collection) {
        return client.getDatabase("coaching").getCollection(collection, BsonDocument.class);
    }
}
