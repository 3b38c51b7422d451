package io.retally.devkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.generated.Size;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompanyInTurmoilTest {
    private static final Size SIZE = new Size(60, 3, 100_000);
    private static final int STEPS = 30_000;

    @Test
    void aSeedMeansTheSameEachTime() {
        assertThat(first(5)).isEqualTo(first(5)).isNotEqualTo(first(6));
    }

    @Test
    void documentsOfAllCollectionsAreInsertedChangedAndDeletedInMongoAndInTheArchive() {
        List<Step> steps = first(1);
        for (boolean archived : new boolean[] {false, true}) {
            for (Op op : Op.values()) {
                Set<Collection> collections = steps.stream()
                        .filter(step ->
                                step.archived() == archived && step.change().op() == op)
                        .map(step -> step.change().collection())
                        .collect(Collectors.toSet());
                assertThat(collections)
                        .as("%s, archived: %s", op, archived)
                        .containsAll(EnumSet.complementOf(EnumSet.of(Collection.ACCOUNTS, Collection.TEAMS)));
            }
        }
    }

    @Test
    void theCompanyKeepsWorkingInBetween() {
        assertThat(first(2))
                .filteredOn(step -> step.change().collection() == Collection.INTERACTIONS
                        && step.change().op() == Op.INSERT)
                .hasSizeGreaterThan(STEPS / 3);
    }

    private static List<Step> first(long seed) {
        CompanyInTurmoil company = new CompanyInTurmoil(seed, SIZE);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(company.next());
        }
        return steps;
    }
}
