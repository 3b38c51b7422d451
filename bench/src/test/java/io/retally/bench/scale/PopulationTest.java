package io.retally.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {
    private static final Population POPULATION = new Population(1, 400);

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 400})
    void programsOfEachSizeHaveTheSameRepsAndAsManyInteractions(int programReps) {
        List<ChangeOfDocument> changes = list(POPULATION.programs(programReps, 20_000));
        Map<BsonValue, Long> repsOfPrograms = documents(changes, Collection.ENROLLMENTS)
                .collect(Collectors.groupingBy(
                        enrollment -> Objects.requireNonNull(enrollment.get("programId")),
                        Collectors.mapping(
                                enrollment -> enrollment.get("contactId"),
                                Collectors.collectingAndThen(Collectors.toSet(), reps -> (long) reps.size()))));
        assertThat(repsOfPrograms).hasSize(400 / programReps);
        assertThat(repsOfPrograms.values()).containsOnly((long) programReps);
        assertThat(documents(changes, Collection.CONTACTS)
                        .map(contact -> contact.get("_id"))
                        .distinct())
                .hasSize(400);
        long interactions = changes.stream()
                .filter(change -> change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT)
                .count();
        assertThat(interactions).isBetween(20_400L, 20_420L);
        assertThat(changes)
                .noneMatch(change -> change.collection() == Collection.PROGRAMS && change.op() == Op.REPLACE);
    }

    /** All programs go on at the same time. If they came one after the other, their last changes would be far apart. */
    @Test
    void programsGoOnSideBySide() {
        List<ChangeOfDocument> changes = list(POPULATION.programs(20, 20_000));
        Set<BsonValue> lateOnes = documents(
                        changes.subList(changes.size() / 2, changes.size() * 3 / 4), Collection.INTERACTIONS)
                .map(interaction -> interaction.get("programId"))
                .collect(Collectors.toSet());
        assertThat(lateOnes).hasSize(20);
    }

    @Test
    void theDefaultCompaniesShareNoId() {
        Iterator<ChangeOfDocument> changes = new Population(1, 100_000).programs(100, 1_000);
        Set<BsonValue> accounts = new HashSet<>();
        for (int company = 0; company < 1_000; company++) {
            ChangeOfDocument first = changes.next();
            assertThat(first.collection()).isEqualTo(Collection.ACCOUNTS);
            accounts.add(first.id());
        }
        assertThat(accounts).hasSize(1_000);
    }

    /** After the first slice, which has the contacts. Later ones have up to a third more reps, as some enrol late. */
    @Test
    void slicesOfACompanyAreAlike() {
        Iterator<ChangeOfDocument> changes = POPULATION.company(200_000);
        for (int slice = 0; slice < 10; slice++) {
            int inserted = 0;
            long others = 0;
            Set<BsonValue> reps = new HashSet<>();
            while (inserted < 20_000) {
                ChangeOfDocument change = changes.next();
                if (change.collection() == Collection.INTERACTIONS && change.op() == Op.INSERT) {
                    inserted++;
                    reps.add(Objects.requireNonNull(
                            Objects.requireNonNull(change.document()).get("contactId")));
                } else {
                    others++;
                }
            }
            if (slice > 0) {
                assertThat(reps).as("reps of slice %d", slice).hasSizeBetween(220, 320);
                assertThat(others).as("other changes of slice %d", slice).isBetween(50L, 400L);
            }
        }
    }

    private static Stream<BsonDocument> documents(List<ChangeOfDocument> changes, Collection collection) {
        return changes.stream()
                .filter(change -> change.collection() == collection)
                .map(ChangeOfDocument::document)
                .filter(Objects::nonNull);
    }

    private static List<ChangeOfDocument> list(Iterator<ChangeOfDocument> changes) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(changes, 0), false)
                .toList();
    }
}
