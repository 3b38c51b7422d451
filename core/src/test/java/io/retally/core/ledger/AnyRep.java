package io.retally.core.ledger;

import io.retally.core.document.AnyDocument;
import io.retally.core.document.Enrollment;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any head of a ledger. */
final class AnyRep {

    private AnyRep() {}

    static Arbitrary<Rep> any() {
        Arbitrary<SortedMap<String, Enrollment>> enrollments = AnyDocument.enrollment()
                .list()
                .ofMaxSize(4)
                .map(all -> {
                    SortedMap<String, Enrollment> byId = new TreeMap<>();
                    all.forEach(enrollment -> byId.put(enrollment.id(), enrollment));
                    return byId;
                });
        Arbitrary<SortedMap<String, Standing>> standings =
                Arbitraries.maps(AnyDocument.text(), standing()).ofMaxSize(3).map(TreeMap::new);
        return Combinators.combine(AnyDocument.contact().injectNull(0.2), enrollments, standings)
                .as(Rep::new);
    }

    static Arbitrary<Standing> standing() {
        Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Long> time = AnyDocument.number().injectNull(0.3);
        return Combinators.combine(count.list().ofSize(9), time, time, time)
                .as((n, first, last, completed) -> new Standing(
                        n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), n.get(6), n.get(7), n.get(8), first,
                        last, completed));
    }
}
