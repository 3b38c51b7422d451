package io.retally.devkit.load.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.load.UsableDocuments;
import io.retally.oracle.ChangeReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MalformedMessagesTest {

    private final MalformedMessages messages = new MalformedMessages("retally", 1);

    @Test
    void hasManyKindsOfDistinctNamesInTurn() {
        assertThat(messages.kinds()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        List<String> kinds = messages.first(messages.kinds().size())
                .map(MalformedMessage::kind)
                .toList();
        assertThat(kinds).isEqualTo(messages.kinds());
    }

    @Test
    void eachIsADeadLetter() {
        assertThat(messages.first(200))
                .allSatisfy(message -> assertThat(UsableDocuments.isGood(
                                message.collection(),
                                ChangeReader.read(message.key(), message.value())
                                        .change()))
                        .as(message.kind())
                        .isFalse());
    }

    @Test
    void idsAreOnesOwn() {
        assertThat(messages.first(200)).allSatisfy(message -> {
            String key = message.key() == null ? "" : new String(Objects.requireNonNull(message.key()), UTF_8);
            assertThat(message.kind().contains("key") || key.contains("malformed-1-"))
                    .as(message.kind())
                    .isTrue();
        });
    }
}
