package io.retally.devkit.load.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.LoadException;
import io.retally.devkit.load.UsableDocuments;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChangesToDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final WantedChanges WANTED = new WantedChanges(20, 10, 30, 200, 9_000, 300, true, 35);

    @Test
    void makesAsManyChangesAsAsked() {
        TestingDocuments documents = new TestingDocuments();
        ChangesToDocuments.Chosen chosen = ChangesToDocuments.choose(documents, WANTED, 7, NOW);
        Map<String, Integer> counts = new LinkedHashMap<>();
        Set<BsonValue> moved = new HashSet<>();
        Set<BsonValue> removed = new HashSet<>();
        for (ChangeOfDocument change : chosen.changes()) {
            BsonDocument after = change.document();
            if (change.collection() == Collection.CONTACTS && (after == null || after.containsKey("removedAt"))) {
                removed.add(change.id());
            } else if (change.collection() == Collection.CONTACTS && !removed.remove(change.id())) {
                moved.add(change.id());
            }
            counts.merge(change.collection() + " " + change.op(), 1, Integer::sum);
        }
        assertThat(removed).hasSize(10);
        assertThat(moved).hasSize(30);
        assertThat(counts)
                .containsEntry("CONTACTS DELETE", 10)
                .containsEntry("CONTACTS INSERT", 5)
                .containsEntry("CONTACTS REPLACE", 10 + 5 + 30)
                .containsEntry("INTERACTIONS DELETE", 200)
                .containsEntry("INTERACTIONS REPLACE", 9_000)
                .containsEntry("PROGRAMS REPLACE", 1);
        assertThat(chosen.backfills()).hasSize(300).allMatch(change -> change.op() == Op.INSERT);
    }

    @Test
    void changesWhatIsThereToSomethingElseThatIsUsable() {
        TestingDocuments documents = new TestingDocuments();
        ChangesToDocuments.Chosen chosen = ChangesToDocuments.choose(documents, WANTED, 7, NOW);
        for (ChangeOfDocument change : chosen.changes()) {
            BsonDocument before = documents.get(change.collection(), change.id());
            assertThat(before).isNotNull();
            if (change.document() != null) {
                UsableDocuments.check(change.collection(), change.document());
                if (change.collection() != Collection.CONTACTS) {
                    assertThat(change.document()).isNotEqualTo(before);
                }
            }
        }
        chosen.backfills().forEach(change -> {
            UsableDocuments.check(change.collection(), Objects.requireNonNull(change.document()));
            assertThat(documents.get(change.collection(), change.id())).isNull();
        });
    }

    @Test
    void theSeedDecides() {
        TestingDocuments documents = new TestingDocuments();
        ChangesToDocuments.Chosen chosen = ChangesToDocuments.choose(documents, WANTED, 7, NOW);
        assertThat(ChangesToDocuments.choose(documents, WANTED, 7, NOW)).isEqualTo(chosen);
        assertThat(ChangesToDocuments.choose(documents, WANTED, 8, NOW)).isNotEqualTo(chosen);
    }

    @Test
    void tellsIfThereIsNotEnough() {
        WantedChanges tooMany = new WantedChanges(5_000, 0, 0, 0, 0, 0, false, null);
        assertThatThrownBy(() -> ChangesToDocuments.choose(new TestingDocuments(), tooMany, 7, NOW))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("fewer than the 5,000 asked for");
        assertThatThrownBy(() -> new WantedChanges(1, 2, 0, 0, 0, 0, false, null))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("--restored 2");
    }

    @Test
    void aSampleForgetsDocumentsThatGoAndKeepsTheLatestVersion() {
        Sample sample = new Sample(1, 2);
        sample.offer("a".getBytes(UTF_8), () -> new BsonDocument("v", new BsonString("1")));
        sample.offer("b".getBytes(UTF_8), () -> new BsonDocument("v", new BsonString("1")));
        sample.offer("b".getBytes(UTF_8), () -> new BsonDocument("v", new BsonString("2")));
        sample.offer("a".getBytes(UTF_8), () -> null);
        assertThat(sample.documents()).isEqualTo(List.of(new BsonDocument("v", new BsonString("2"))));
    }

    /** A small company's documents, after all of its changes. */
    private static final class TestingDocuments implements CurrentDocuments {
        private final Map<Collection, Map<BsonValue, BsonDocument>> documents = new LinkedHashMap<>();

        TestingDocuments() {
            for (ChangeOfDocument change : new GeneratedCompany(3, new Size(100, 3, 20_000), NOW)) {
                Map<BsonValue, BsonDocument> those =
                        documents.computeIfAbsent(change.collection(), collection -> new LinkedHashMap<>());
                if (change.document() == null) {
                    those.remove(change.id());
                } else {
                    those.put(change.id(), change.document());
                }
            }
        }

        @Nullable
        BsonDocument get(Collection collection, BsonValue id) {
            return documents.getOrDefault(collection, Map.of()).get(id);
        }

        @Override
        public void readAll(Collection collection, Reader reader) {
            documents
                    .getOrDefault(collection, Map.of())
                    .forEach((id, document) -> reader.read(id.toString().getBytes(UTF_8), () -> document));
        }

        @Override
        public void close() {}
    }
}
