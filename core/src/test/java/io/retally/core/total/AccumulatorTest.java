package io.retally.core.total;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.codec.Binary;
import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Totals are an abelian group, and a row exists while a rep stands behind it. */
class AccumulatorTest {

    private static final AccumulatorCodec CODEC = new AccumulatorCodec();
    private static final String DUE = TotalKey.of(ServingTable.PROGRAM_DUE, "p", -3);

    @Property
    void theOrderDoesNotMatter(@ForAll("differences") List<Difference> differences, @ForAll Random random) {
        List<Difference> shuffled = new ArrayList<>(differences);
        Collections.shuffle(shuffled, random);
        assertThat(sum(shuffled)).isEqualTo(sum(differences));
    }

    @Property
    void aDifferenceAndItsNegationAreNothing(@ForAll("differences") List<Difference> differences) {
        List<Difference> all = new ArrayList<>(differences);
        differences.forEach(difference -> all.add(AnyDifference.negated(difference)));
        assertThat(sum(all).isZero()).isTrue();
        assertThat(sum(all)).isEqualTo(Accumulator.zero(AnyDifference.LENGTH));
    }

    @Property
    void combiningBeforeTheShuffleChangesNothing(@ForAll("differences") List<Difference> differences) {
        DifferenceBuffer buffer = new DifferenceBuffer();
        differences.forEach(d -> buffer.add(d.key(), d.accountId(), 1, d.vector()));
        List<Difference> combined = new ArrayList<>();
        buffer.drainTo(combined::add);
        assertThat(sum(combined)).isEqualTo(sum(differences));
    }

    @Property
    void isReadAsItWasWritten(@ForAll("differences") List<Difference> differences) {
        Accumulator accumulator = sum(differences);
        assertThat(Binary.fromBytes(CODEC, Binary.toBytes(CODEC, accumulator))).isEqualTo(accumulator);
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes = Binary.toBytes(CODEC, Accumulator.zero(3));
        bytes[0]++;
        assertThatThrownBy(() -> Binary.fromBytes(CODEC, bytes))
                .hasMessageContaining("an accumulator is stored in version 2");
    }

    @Test
    void theRowIsThatOfItsKey() {
        assertThat(Accumulator.zero(3).plus("a", new long[] {2, 2, 1}).row(DUE))
                .isEqualTo(Row.of(ServingTable.PROGRAM_DUE, "p", -3, "a", 2L, 1L));
    }

    @Test
    void thereIsNoRowWithoutReps() {
        assertThat(Accumulator.zero(3).row(DUE)).isEqualTo(Row.deleted(ServingTable.PROGRAM_DUE, "p", -3));
    }

    /** A program moves to another account: the one's reps go, the other's come, in whatever order. */
    @Test
    void theRowIsOfTheAccountWhoseRepsStandBehindIt() {
        Accumulator moved = Accumulator.zero(3)
                .plus("a", new long[] {1, 1, 0})
                .plus("b", new long[] {1, 1, 0})
                .plus("a", new long[] {-1, -1, 0});
        assertThat(moved.row(DUE)).isEqualTo(Row.of(ServingTable.PROGRAM_DUE, "p", -3, "b", 1L, 0L));
        assertThat(moved.repsByAccount()).containsOnlyKeys("b");
    }

    @Test
    void aSumThatIsTooLargeIsNoSmallerOne() {
        Accumulator many = Accumulator.zero(3).plus("a", new long[] {1, Long.MAX_VALUE, 0});
        assertThatThrownBy(() -> many.plus("a", new long[] {1, 1, 0})).isInstanceOf(ArithmeticException.class);
    }

    private static Accumulator sum(List<Difference> differences) {
        Accumulator sum = Accumulator.zero(AnyDifference.LENGTH);
        for (Difference difference : differences) {
            sum = sum.plus(difference.accountId(), difference.vector());
        }
        return sum;
    }

    @Provide
    Arbitrary<List<Difference>> differences() {
        return AnyDifference.ofOneRow().list().ofMaxSize(12);
    }
}
