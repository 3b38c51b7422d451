package io.retally.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectsTest {
    private static final int VETERANS_INTERACTIONS = 1_000;
    private static final int REPS = 30;

    static List<Subject> subjects() {
        return List.of(
                Subjects.learner(), Subjects.mover(), Subjects.veteran(VETERANS_INTERACTIONS), Subjects.program(REPS));
    }

    @Test
    void togetherTheyHaveEveryKind() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        subjects().forEach(subject -> subject.cycle().forEach(step -> kinds.add(step.kind())));
        assertThat(kinds).containsExactly(Kind.values());
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void eachStepChangesOneDocumentAndTheLastLeadsBack(Subject subject) {
        int steps = subject.cycle().size();
        for (int step = 1; step <= steps; step++) {
            assertThat(difference(subject.documentsAfter(step - 1), subject.documentsAfter(step)))
                    .hasSize(1);
        }
        assertThat(subject.documentsAfter(steps)).isEqualTo(subject.documentsAfter(0));
    }

    private static Set<Subject.Key> difference(
            Map<Subject.Key, BsonDocument> one, Map<Subject.Key, BsonDocument> other) {
        Set<Subject.Key> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
        return keys;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyDocumentHasAnIdOfItsOwnAndAnAccountThatIsOnlyTheirs(Subject subject) {
        Set<Object> keys = new HashSet<>();
        for (ChangeOfDocument change : subject.beginning()) {
            assertThat(keys.add(new Subject.Key(change.collection(), change.id())))
                    .isTrue();
        }
        assertThat(subject.ids(Collection.ACCOUNTS)).containsExactly("probe-" + subject.name() + "-account");
    }

    @Test
    void whatIsInsertedIsNewInEachRound() {
        Subject learner = Subjects.learner();
        Subject.Step insert = learner.cycle().get(0);
        BsonValue first = insert.change().apply(0).id();
        assertThat(insert.change().apply(1).id()).isNotEqualTo(first);
        assertThat(learner.cycle().get(1).change().apply(0).id()).isEqualTo(first);
        assertThat(learner.cycle().get(2).change().apply(0).id()).isEqualTo(first);
    }

    @Test
    void theContactAndTheProgramAreAsLargeAsTheyShallBe() {
        List<ChangeOfDocument> veteran = Subjects.veteran(VETERANS_INTERACTIONS).beginning();
        assertThat(veteran.stream()
                        .filter(change -> change.collection() == Collection.INTERACTIONS)
                        .filter(change -> change.document() != null
                                && change.document()
                                        .getString("contactId")
                                        .getValue()
                                        .equals("probe-veteran-rep-1")))
                .hasSize(VETERANS_INTERACTIONS);
        assertThat(Subjects.program(REPS).ids(Collection.CONTACTS)).hasSize(REPS);
        assertThat(Subjects.program(REPS).ids(Collection.TEAMS)).hasSize(3);
    }

    @Test
    void othersFollowTheSubjects() {
        GeneratedCompany company = new GeneratedCompany(1, new Size(5, 2, 10), Instant.parse("2026-01-01T00:00:00Z"));
        List<ChangeOfDocument> expected = new ArrayList<>(Subjects.learner().beginning());
        company.forEach(expected::add);
        List<ChangeOfDocument> changes = new ArrayList<>();
        Subjects.followedBy(List.of(Subjects.learner()), company).forEachRemaining(changes::add);
        assertThat(changes).isEqualTo(expected);
    }
}
