package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ServableTextTest {

    @Property
    void theOrderedFormIsServableAndKeepsTheOrderOfCodePoints(@ForAll("texts") String a, @ForAll("texts") String b) {
        String formOfA = ServableText.orderedForm(a);
        String formOfB = ServableText.orderedForm(b);
        assertThat(ServableText.isServable(formOfA)).isTrue();
        assertThat(Integer.signum(compare(formOfA, formOfB))).isEqualTo(Integer.signum(compare(a, b)));
    }

    @Property
    void whatIsReplacedIsServable(@ForAll("texts") String text) {
        assertThat(ServableText.isServable(ServableText.replaced(text))).isTrue();
        if (ServableText.isServable(text)) {
            assertThat(ServableText.replaced(text)).isEqualTo(text);
        }
    }

    private static int compare(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars(
                        '\u0000', '\u0001', '\u0002', 'a', '\uD7FE', '\uD7FF', '\uD800', '\uDBFF', '\uDC00', '\uE000')
                .ofMaxLength(5);
    }
}
