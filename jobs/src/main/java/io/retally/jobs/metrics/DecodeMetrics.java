package io.retally.jobs.metrics;

import io.retally.core.document.Collection;
import io.retally.documents.Decoded;
import io.retally.documents.Reason;
import io.retally.documents.Rejection;
import java.util.Locale;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What was read: {@code changes} by {@code collection} and {@code operation}, and {@code deadLetters} by {@code reason}.
 * All are registered at once, so that a rate is zero rather than absent before the first.
 */
public final class DecodeMetrics {

    /** What a change says of its document. A message does not tell a new document from a new version of one. */
    private enum Operation {
        UPSERT,
        DELETE,
        UNUSABLE
    }

    private static final Operation[] OPERATIONS = Operation.values();

    private final Counter[] changes = new Counter[Collection.values().length * OPERATIONS.length];
    private final Counter[] deadLetters = new Counter[Reason.values().length];

    public DecodeMetrics(MetricGroup group) {
        for (Collection collection : Collection.values()) {
            MetricGroup ofCollection = group.addGroup("collection", collection.collectionName());
            for (Operation operation : OPERATIONS) {
                String value = operation.name().toLowerCase(Locale.ROOT);
                changes[index(collection, operation)] =
                        ofCollection.addGroup("operation", value).counter("changes");
            }
        }
        for (Reason reason : Reason.values()) {
            deadLetters[reason.ordinal()] =
                    group.addGroup("reason", reason.code()).counter("deadLetters");
        }
    }

    private static int index(Collection collection, Operation operation) {
        return collection.ordinal() * OPERATIONS.length + operation.ordinal();
    }

    /** Counts a change. */
    public void change(Decoded.Change change) {
        Operation operation = Operation.UPSERT;
        if (change.document() == null) {
            operation = change.rejection() == null ? Operation.DELETE : Operation.UNUSABLE;
        }
        changes[index(change.collection(), operation)].inc();
    }

    /** Counts a dead letter. */
    public void deadLetter(Rejection rejection) {
        deadLetters[rejection.reason().ordinal()].inc();
    }
}
