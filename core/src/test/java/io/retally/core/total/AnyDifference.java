package io.retally.core.total;

import io.retally.core.document.AnyDocument;
import io.retally.core.serving.ServingTable;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Differences of rows of totals. */
final class AnyDifference {

    static final int LENGTH = 3;

    private AnyDifference() {}

    /** Differences that add up: all of one row, from two accounts. */
    static Arbitrary<Difference> ofOneRow() {
        String key = TotalKey.of(ServingTable.PROGRAM_DUE, "p", 7);
        return Combinators.combine(Arbitraries.just(key), Arbitraries.of("a", "b"), vector(1_000_000))
                .as(Difference::new);
    }

    static Arbitrary<Difference> ofAFewRows() {
        return Combinators.combine(Arbitraries.of("k1", "k2"), Arbitraries.of("a", "b"), vector(2))
                .as(Difference::new);
    }

    /** Any difference, with any text in it. */
    static Arbitrary<Difference> any() {
        return Combinators.combine(AnyDocument.text(), AnyDocument.text(), vector(Long.MAX_VALUE))
                .as(Difference::new);
    }

    static Difference negated(Difference difference) {
        return new Difference(
                difference.key(),
                difference.accountId(),
                Arrays.stream(difference.vector()).map(Math::negateExact).toArray());
    }

    private static Arbitrary<long[]> vector(long max) {
        return Arbitraries.longs().between(-max, max).array(long[].class).ofSize(LENGTH);
    }
}
