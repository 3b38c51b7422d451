package io.retally.jmh;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages of a generated company, the same at every time. */
final class Messages {
    private static final Size SIZE = new Size(200, 3, 60_000);

    /** A change of a document; of a deletion the tombstone is left out. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Message(Collection collection, byte[] key, byte[] value) {}

    private Messages() {}

    static List<Message> all() {
        DebeziumMessages debezium = new DebeziumMessages("retally", "coaching", Clock.systemUTC());
        List<Message> messages = new ArrayList<>();
        for (ChangeOfDocument change : new GeneratedCompany(1, SIZE, Instant.parse("2026-01-01T00:00:00Z"))) {
            messages.add(new Message(change.collection(), debezium.key(change.id()), debezium.value(change)));
        }
        return messages;
    }
}
