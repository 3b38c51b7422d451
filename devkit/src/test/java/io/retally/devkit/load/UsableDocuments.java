package io.retally.devkit.load;

import io.retally.core.document.Collection;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.oracle.Change;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.DocumentRules;
import io.retally.oracle.SourceCollection;
import io.retally.oracle.Verdict;
import java.time.Clock;
import org.bson.BsonDocument;

/** Whether the oracle, which judges by the contract alone, can use what loads write. */
public final class UsableDocuments {

    private static final DebeziumMessages MESSAGES = new DebeziumMessages("retally", "coaching", Clock.systemUTC());

    private UsableDocuments() {}

    /** Throws unless the document is usable, and arrives as it is when it is sent through Kafka. */
    public static void check(Collection collection, BsonDocument document) {
        ChangeOfDocument change = ChangeOfDocument.insert(collection, document);
        Change read = ChangeReader.read(MESSAGES.key(change.id()), MESSAGES.value(change))
                .change();
        if (!(read instanceof Change.Present present)
                || !present.document().equals(document)
                || !(verdict(collection, present) instanceof Verdict.Usable)) {
            throw new AssertionError("not usable: " + document.toJson() + ", read as " + read);
        }
    }

    /** Whether the message holds a usable document, a deletion or nothing at all: no dead letter. */
    public static boolean isGood(Collection collection, Change read) {
        return read instanceof Change.Tombstone
                || read instanceof Change.Gone
                || (read instanceof Change.Present present && verdict(collection, present) instanceof Verdict.Usable);
    }

    private static Verdict verdict(Collection collection, Change.Present present) {
        return DocumentRules.judge(
                SourceCollection.named(collection.collectionName()).orElseThrow(), present.id(), present.document());
    }
}
