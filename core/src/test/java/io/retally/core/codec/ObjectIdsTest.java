package io.retally.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A text that is given out again is that of the same id, however many take one place. */
class ObjectIdsTest {
    private static final int MANY = 100_000;

    @Test
    void textsThatWereMadeLatelyAreThoseOfTheirIds() {
        Random random = new Random(1);
        long[] firsts = random.longs(16).toArray();
        int[] rests = random.ints(4_000).toArray();
        for (int i = 0; i < MANY; i++) {
            // Few first parts and few rests: most ids come again, and others differ from them in one part only.
            long first = firsts[random.nextInt(firsts.length)];
            int rest = rests[random.nextInt(rests.length)];
            assertThat(ObjectIds.text(first, rest))
                    .isEqualTo(
                            HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(rest));
        }
    }

    @Test
    void aTextIsTheSameStringAgain() {
        assertThat(ObjectIds.text(1, 2)).isSameAs(ObjectIds.text(1, 2));
    }
}
