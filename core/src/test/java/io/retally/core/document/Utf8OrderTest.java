package io.retally.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order of text by the bytes of its UTF-8 form. */
class Utf8OrderTest {

    @Property(tries = 5_000)
    void isTheOrderOfTheBytes(@ForAll("valid") String left, @ForAll("valid") String right) {
        int byBytes =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Utf8Order.INSTANCE.compare(left, right))).isEqualTo(Integer.signum(byBytes));
    }

    /** Ids that are never served may hold lone surrogates. */
    @Property
    void isAnOrderOfAnyText(@ForAll("any") String left, @ForAll("any") String middle, @ForAll("any") String right) {
        Utf8Order order = Utf8Order.INSTANCE;
        assertThat(order.compare(left, right) == 0).isEqualTo(left.equals(right));
        assertThat(Integer.signum(order.compare(left, right))).isEqualTo(-Integer.signum(order.compare(right, left)));
        if (order.compare(left, middle) <= 0 && order.compare(middle, right) <= 0) {
            assertThat(order.compare(left, right)).isLessThanOrEqualTo(0);
        }
    }

    /** Few code points, from every length of UTF-8 and either side of the surrogates, so that texts share beginnings. */
    @Provide
    Arbitrary<String> valid() {
        return Arbitraries.of(
                        0x0, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF)
                .list()
                .ofMaxSize(4)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Provide
    Arbitrary<String> any() {
        return Arbitraries.strings()
                .withChars("a\u0000\uD800\uDBFF\uDC00\uDFFF\uE000\uFFFF\uD7FF")
                .ofMaxLength(3);
    }
}
