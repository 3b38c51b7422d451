package io.retally.bench.probe;

import io.retally.core.document.Collection;
import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.verify.Scratch;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.SourceCollection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** Gives a subject's probes, one after the other: the next one when the one before was seen. */
public final class Prober {
    private final Subject subject;
    /** Before each step of the cycle. */
    private final List<Map<String, String>> expected;

    private int made;

    private Prober(Subject subject, List<Map<String, String>> expected) {
        this.subject = subject;
        this.expected = expected;
    }

    /**
     * Works out beforehand, by the contract's own views, which rows there must be before and after each change.
     *
     * @param owner may create databases
     */
    public static Prober of(PostgresUrl owner, Subject subject) throws SQLException {
        List<Map<String, String>> expected = new ArrayList<>();
        for (int steps = 0; steps < subject.cycle().size(); steps++) {
            expected.add(expected(owner, subject, steps));
        }
        return new Prober(subject, expected);
    }

    private static Map<String, String> expected(PostgresUrl owner, Subject subject, int steps) throws SQLException {
        try (Scratch scratch = Scratch.create(owner);
                Connection connection = scratch.connect()) {
            CurrentDocuments documents = CurrentDocuments.in(connection);
            try (ChangeWriter writer = documents.writer(connection)) {
                for (Map.Entry<Subject.Key, BsonDocument> document :
                        subject.documentsAfter(steps).entrySet()) {
                    writer.addDocument(sourceOf(document.getKey().collection()), document.getValue());
                }
            }
            documents.settle(connection, Progress.SILENT);
            Oracle.evaluate(connection, Progress.SILENT);
            return new ServedRows(connection, "contract").digests(connection, subject);
        }
    }

    private static SourceCollection sourceOf(Collection collection) {
        return SourceCollection.named(collection.collectionName()).orElseThrow();
    }

    /** How many probes bring the subject's rows back to what they were. */
    public int cycleLength() {
        return subject.cycle().size();
    }

    public Probe next() {
        int place = made % subject.cycle().size();
        Subject.Step step = subject.cycle().get(place);
        Probe probe = new Probe(
                step.kind(),
                subject,
                step.change().apply(made / subject.cycle().size()),
                expected.get(place),
                expected.get((place + 1) % subject.cycle().size()));
        made++;
        return probe;
    }
}
