package io.retally.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class BackgroundLoadTest {
    @Test
    void whatItHasWrittenIsSaidInALine() {
        assertThat(BackgroundLoad.Written.parse("3000 2000000000")).isEqualTo(new BackgroundLoad.Written(3_000, 1_500));
    }

    @Test
    void companiesFollowOneAnotherAndShareNoDocument() {
        Set<BsonValue> inserted = new HashSet<>();
        Iterator<ChangeOfDocument> companies = new Companies(Shape.MANY_PROGRAMS, 1, 100, 0).changes();
        long interactions = 0;
        while (interactions < 250) {
            ChangeOfDocument change = companies.next();
            if (change.op() == ChangeOfDocument.Op.INSERT && change.collection() == Collection.INTERACTIONS) {
                assertThat(inserted.add(change.id())).isTrue();
                interactions++;
            }
        }
    }

    @Test
    void aLoadGoesOnWhereAnotherHasEnded() {
        Companies whole = new Companies(Shape.LARGE_PROGRAMS, 3, 300, 0);
        List<ChangeOfDocument> first = new ArrayList<>();
        whole.changesUntil(200).forEachRemaining(first::add);
        Companies rest = Companies.parse(new Companies(Shape.LARGE_PROGRAMS, 3, 300, first.size()).arguments());
        Iterator<ChangeOfDocument> goesOn = rest.changes();
        Iterator<ChangeOfDocument> all = whole.changes();
        for (ChangeOfDocument change : first) {
            assertThat(all.next()).isEqualTo(change);
        }
        for (int change = 0; change < 50; change++) {
            assertThat(goesOn.next()).isEqualTo(all.next());
        }
        assertThat(first)
                .filteredOn(change ->
                        change.collection() == Collection.INTERACTIONS && change.op() == ChangeOfDocument.Op.INSERT)
                .hasSize(200);
    }
}
