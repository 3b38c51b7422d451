package io.retally.jobs.repprogress;

import static io.retally.jobs.repprogress.TestingCompany.MONDAY;
import static io.retally.jobs.repprogress.TestingCompany.contact;
import static io.retally.jobs.repprogress.TestingCompany.enrolled;
import static io.retally.jobs.repprogress.TestingCompany.interaction;
import static io.retally.jobs.repprogress.TestingCompany.opened;
import static io.retally.jobs.repprogress.TestingCompany.sales;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Origin;
import io.retally.core.document.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operator {@code differentiate-documents} on both state backends: what it passes on, and what it remembers. */
class DifferentiateTest {

    @TempDir
    Path folder;

    private TestingOperator<DocumentChange, LedgerChange> differentiate(TestingBackend.Kind kind) throws Exception {
        return new TestingOperator<>(
                kind,
                folder,
                () -> new KeyedProcessOperator<>(new Differentiate()),
                DocumentChange::key,
                LedgerChange.TYPE.createSerializer());
    }

    private static DocumentChange now(Origin origin, Document document) {
        return DocumentChange.of(document.collection(), document.id(), origin, document);
    }

    private static DocumentChange gone(Origin origin, Document document) {
        return DocumentChange.of(document.collection(), document.id(), origin, null);
    }

    private static String key(Document document) {
        return now(Origin.LIVE, document).key();
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedImagePassesNothingOn(TestingBackend.Kind kind) throws Exception {
        List<Document> documents = List.of(sales("intro"), contact("Ann"), enrolled("Ann"), opened("Ann", "intro"));
        try (TestingOperator<DocumentChange, LedgerChange> differentiate = differentiate(kind)) {
            for (Document document : documents) {
                differentiate.process(now(Origin.LIVE, document));
            }
            assertThat(differentiate.passedOn()).hasSize(3);
            assertThat(differentiate.passedOn(Differentiate.WORLD)).hasSize(1);
            assertThat(differentiate.passedOn(Differentiate.ROWS)).hasSize(3);

            differentiate.restore(differentiate.barrier(), 3);
            for (Document document : documents) {
                differentiate.process(now(Origin.LIVE, document));
                differentiate.process(now(Origin.BACKFILL, document));
            }
            assertThat(differentiate.passedOn()).isEmpty();
            assertThat(differentiate.passedOn(Differentiate.WORLD)).isEmpty();
            assertThat(differentiate.passedOn(Differentiate.ROWS)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInteractionThatMovesIsRetractedFromOneRepAndAddedToTheOther(TestingBackend.Kind kind) throws Exception {
        Interaction before = interaction("1", "Ann", "intro", Verb.LESSON_OPENED, MONDAY);
        Interaction now = interaction("1", "Bob", "intro", Verb.LESSON_OPENED, MONDAY);
        try (TestingOperator<DocumentChange, LedgerChange> differentiate = differentiate(kind)) {
            differentiate.process(now(Origin.LIVE, before));
            differentiate.passedOn();
            differentiate.process(now(Origin.LIVE, now));
            assertThat(differentiate.passedOn())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(
                            new LedgerChange("Ann", Collection.INTERACTIONS, "1", DocumentCodec.toBytes(before), true),
                            new LedgerChange("Bob", Collection.INTERACTIONS, "1", DocumentCodec.toBytes(now), false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEnrolmentThatMovesLeavesTheRepThatHadIt(TestingBackend.Kind kind) throws Exception {
        Enrollment now = new Enrollment(enrolled("Ann").id(), "acme", "Bob", "sales", MONDAY, null, null);
        try (TestingOperator<DocumentChange, LedgerChange> differentiate = differentiate(kind)) {
            differentiate.process(now(Origin.LIVE, enrolled("Ann")));
            differentiate.passedOn();
            differentiate.process(now(Origin.LIVE, now));
            assertThat(differentiate.passedOn())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(
                            new LedgerChange("Ann", Collection.ENROLLMENTS, now.id(), null, false),
                            new LedgerChange(
                                    "Bob", Collection.ENROLLMENTS, now.id(), DocumentCodec.toBytes(now), false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionLeavesOneByteIfTheLiveTopicSpokeOfTheDocument(TestingBackend.Kind kind) throws Exception {
        try (TestingOperator<DocumentChange, LedgerChange> differentiate = differentiate(kind)) {
            differentiate.process(now(Origin.LIVE, contact("Ann")));
            differentiate.process(now(Origin.BACKFILL, contact("Bob")));
            differentiate.process(gone(Origin.LIVE, contact("Ann")));
            differentiate.process(gone(Origin.BACKFILL, contact("Bob")));
            differentiate.restore(differentiate.barrier(), 2);
            Map<String, byte[]> documents = differentiate.subtasks().values(Differentiate.DOCUMENT);
            assertThat(documents).containsOnlyKeys(key(contact("Ann")));
            assertThat(documents.get(key(contact("Ann")))).containsExactly(1);

            differentiate.process(now(Origin.BACKFILL, contact("Ann")));
            differentiate.process(now(Origin.BACKFILL, contact("Bob")));
            assertThat(differentiate.passedOn())
                    .extracting(LedgerChange::contactId)
                    .containsExactly("Bob");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rescaledEachDocumentIsRememberedByOneSubtask(TestingBackend.Kind kind) throws Exception {
        List<Interaction> documents = IntStream.range(0, 40)
                .mapToObj(i -> interaction("i" + i, "Ann", "intro", Verb.LESSON_OPENED, MONDAY + i))
                .toList();
        try (TestingOperator<DocumentChange, LedgerChange> differentiate = differentiate(kind)) {
            for (Interaction document : documents) {
                differentiate.process(now(Origin.LIVE, document));
            }
            for (int parallelism : new int[] {4, 2, 3, 1}) {
                differentiate.restore(differentiate.barrier(), parallelism);
                List<Set<String>> keys = differentiate.subtasks().keys("document");
                assertThat(keys).hasSize(parallelism);
                assertThat(keys.stream().flatMap(Set::stream)).hasSize(documents.size());
            }
            for (Interaction document : documents) {
                differentiate.process(gone(Origin.LIVE, document));
            }
            assertThat(differentiate.passedOn()).hasSize(documents.size()).allMatch(LedgerChange::retraction);
        }
    }
}
