package io.retally.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class BackgroundLoadTest {
    @Test
    void whatItHasWrittenIsSaidInALine() {
        assertThat(BackgroundLoad.Written.parse("3000 2500 2000000000"))
                .isEqualTo(new BackgroundLoad.Written(3_000, 2_500, 1_500));
    }

    @Test
    void companiesFollowOneAnotherAndShareNoDocument() {
        Set<BsonValue> inserted = new HashSet<>();
        Iterator<ChangeOfDocument> companies = Company.endless(1, 100);
        long interactions = 0;
        while (interactions < 250) {
            ChangeOfDocument change = companies.next();
            if (change.op() == ChangeOfDocument.Op.INSERT && change.collection() == Collection.INTERACTIONS) {
                assertThat(inserted.add(change.id())).isTrue();
                interactions++;
            }
        }
    }
}
