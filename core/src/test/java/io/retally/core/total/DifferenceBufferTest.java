package io.retally.core.total;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.codec.Binary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A buffer sends the sum of what came in, and nothing where that is nothing. */
class DifferenceBufferTest {

    @Property
    void theOrderDoesNotMatter(@ForAll("differences") List<Difference> differences, @ForAll Random random) {
        List<Difference> shuffled = new ArrayList<>(differences);
        Collections.shuffle(shuffled, random);
        assertThat(drained(buffered(shuffled))).isEqualTo(drained(buffered(differences)));
    }

    @Property
    void aDifferenceAndItsNegationAreNothing(@ForAll("differences") List<Difference> differences) {
        DifferenceBuffer buffer = buffered(differences);
        differences.forEach(d -> buffer.add(d.key(), d.accountId(), -1, d.vector()));
        assertThat(drained(buffer)).isEmpty();
    }

    @Property
    void aRowAndAnAccountLeaveAtMostOnceAndNeverWithNothing(@ForAll("differences") List<Difference> differences) {
        List<Difference> sent = new ArrayList<>();
        buffered(differences).drainTo(sent::add);
        assertThat(sent).extracting(d -> d.key() + d.accountId()).doesNotHaveDuplicates();
        assertThat(sent).noneMatch(d -> Vectors.isZero(d.vector()));
    }

    @Property
    void whatIsSentIsForgotten(@ForAll("differences") List<Difference> differences) {
        DifferenceBuffer buffer = buffered(differences);
        drained(buffer);
        assertThat(buffer.size()).isZero();
        assertThat(drained(buffer)).isEmpty();
    }

    /** The vector that was given may be used again by its owner. */
    @Property
    void vectorsAreNotKept(@ForAll("differences") List<Difference> differences) {
        DifferenceBuffer buffer = buffered(differences);
        Map<String, String> expected = drained(buffered(differences));
        differences.forEach(d -> Arrays.fill(d.vector(), 99));
        assertThat(drained(buffer)).isEqualTo(expected);
    }

    @Property
    void aDifferenceIsReadAsItWasWritten(@ForAll("any") Difference difference) {
        DifferenceCodec codec = new DifferenceCodec();
        Difference read = Binary.fromBytes(codec, Binary.toBytes(codec, difference));
        assertThat(read.key()).isEqualTo(difference.key());
        assertThat(read.accountId()).isEqualTo(difference.accountId());
        assertThat(read.vector()).containsExactly(difference.vector());
    }

    private static DifferenceBuffer buffered(List<Difference> differences) {
        DifferenceBuffer buffer = new DifferenceBuffer();
        differences.forEach(d -> buffer.add(d.key(), d.accountId(), 1, d.vector()));
        return buffer;
    }

    private static Map<String, String> drained(DifferenceBuffer buffer) {
        Map<String, String> sums = new TreeMap<>();
        buffer.drainTo(d -> sums.put(d.key() + d.accountId(), Arrays.toString(d.vector())));
        return sums;
    }

    @Provide
    Arbitrary<List<Difference>> differences() {
        return AnyDifference.ofAFewRows().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Difference> any() {
        return AnyDifference.any();
    }
}
