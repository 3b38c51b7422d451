package io.retally.devkit.load.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.devkit.load.UsableDocuments;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;
import org.junit.jupiter.api.Test;

final class MalformedMessagesTest {

    private final MalformedMessages messages = new MalformedMessages("retally", 1);

    @Test
    void hasManyKindsOfDistinctNamesInTurn() {
        assertThat(messages.kinds()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        List<String> kinds = messages.first(200)
                .map(MalformedMessage::kind)
                .limit(messages.kinds().size())
                .toList();
        assertThat(kinds).isEqualTo(messages.kinds());
    }

    @Test
    void noneHoldsAUsableDocumentUnderAReadableKey() {
        assertThat(messages.first(500)).allSatisfy(message -> {
            if (!message.kind().contains("op") && !message.kind().contains("key")) {
                assertThatThrownBy(() -> UsableDocuments.check(message.collection(), after(message)))
                        .as(message.kind())
                        .isInstanceOfAny(
                                AssertionError.class,
                                JsonParseException.class,
                                NullPointerException.class,
                                BsonInvalidOperationException.class);
            }
        });
    }

    @Test
    void idsAreOnesOwn() {
        assertThat(messages.first(500)).allSatisfy(message -> {
            String key = message.key() == null ? "" : new String(Objects.requireNonNull(message.key()), UTF_8);
            assertThat(message.kind().contains("key") || key.contains("malformed-1-"))
                    .as(message.kind())
                    .isTrue();
        });
    }

    private static BsonDocument after(MalformedMessage message) {
        BsonDocument envelope = BsonDocument.parse(new String(message.value(), UTF_8));
        return BsonDocument.parse(envelope.getString("after").getValue());
    }
}
