package io.retally.devkit.load.destination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

final class DebeziumMessagesTest {

    private final DebeziumMessages messages = new DebeziumMessages(
            "mongo", "shop", Clock.fixed(Instant.ofEpochMilli(1_795_385_724_764L), ZoneOffset.UTC));

    @Test
    void writesAnInsertionAsTheConnectorDoes() {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(2))
                .append("sku", new BsonString("c"))
                .append("qty", new BsonInt32(1))
                .append("price", new BsonDouble(9.5));
        assertThat(value(ChangeOfDocument.insert(Collection.TEAMS, document)))
                .isEqualTo("{\"before\":null,\"after\":\"{\\\"_id\\\": 2,\\\"sku\\\": \\\"c\\\",\\\"qty\\\": 1,"
                        + "\\\"price\\\": 9.5}\",\"updateDescription\":null,\"source\":{\"version\":\"3.6.1.Final\","
                        + "\"connector\":\"mongodb\",\"name\":\"mongo\",\"ts_ms\":1795385724764,\"snapshot\":\"false\","
                        + "\"db\":\"shop\",\"sequence\":null,\"ts_us\":1795385724764000,"
                        + "\"ts_ns\":1795385724764000000,\"collection\":\"teams\",\"ord\":1,\"lsid\":null,"
                        + "\"txnNumber\":null,\"wallTime\":1795385724764},\"op\":\"c\",\"ts_ms\":1795385724764,"
                        + "\"transaction\":null}");
    }

    @Test
    void writesKeysAsTheConnectorDoes() {
        assertThat(key(new BsonInt32(2))).isEqualTo("{\"id\":\"2\"}");
        assertThat(key(new BsonInt64(1L << 40))).isEqualTo("{\"id\":\"1099511627776\"}");
        assertThat(key(new BsonString("a-string"))).isEqualTo("{\"id\":\"\\\"a-string\\\"\"}");
        assertThat(key(new BsonObjectId(new ObjectId("650000000000000000000001"))))
                .isEqualTo("{\"id\":\"{\\\"$oid\\\": \\\"650000000000000000000001\\\"}\"}");
    }

    @Test
    void aDeletionHasNoDocument() {
        BsonDocument message = BsonDocument.parse(value(ChangeOfDocument.delete(Collection.TEAMS, new BsonInt32(2))));
        assertThat(message.get("after")).isEqualTo(BsonNull.VALUE);
        assertThat(message.getString("op").getValue()).isEqualTo("d");
    }

    @Test
    void writesTheDocumentsJsonExactlyAsTheDriverDoes() {
        Stream.of(
                        new BsonString("plain"),
                        new BsonString("qu\"ote \\ back\tslash\n"),
                        new BsonString("Zoë Wójcik \u0000 \uD800"),
                        new BsonDateTime(-1),
                        new BsonInt64(5),
                        BsonBoolean.TRUE,
                        BsonNull.VALUE,
                        new BsonArray(),
                        new BsonArray(List.of(new BsonInt32(1), new BsonString("b"))),
                        new BsonDocument(
                                "a", new BsonDocument("b", new BsonString("\"")).append("c", new BsonInt32(2))))
                .forEach(value -> {
                    BsonDocument document = new BsonDocument("_id", new BsonString("x")).append("v", value);
                    BsonDocument message =
                            BsonDocument.parse(value(ChangeOfDocument.replace(Collection.TEAMS, document)));
                    assertThat(message.getString("after").getValue())
                            .isEqualTo(document.toJson(ConnectorJson.SETTINGS));
                    assertThat(BsonDocument.parse(message.getString("after").getValue()))
                            .isEqualTo(document);
                });
    }

    @Test
    void namesOfFieldsMayHoldAnything() {
        BsonDocument document = new BsonDocument("_id", new BsonString("x"))
                .append("a \"quoted\" name", new BsonInt32(1))
                .append("back\\slash\n", new BsonDocument("\"", BsonBoolean.TRUE));
        BsonDocument message = BsonDocument.parse(new String(messages.snapshot(Collection.TEAMS, document), UTF_8));
        assertThat(message.getString("op").getValue()).isEqualTo("r");
        assertThat(message.getString("after").getValue()).isEqualTo(document.toJson(ConnectorJson.SETTINGS));
    }

    private String value(ChangeOfDocument change) {
        return new String(messages.value(change), UTF_8);
    }

    private String key(BsonValue id) {
        return new String(messages.key(id), UTF_8);
    }
}
