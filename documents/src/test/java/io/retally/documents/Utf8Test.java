package io.retally.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Strict UTF-8, against the JDK's decoder. */
final class Utf8Test {

    @Property
    void agreesWithTheJdk(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[4 + random.nextInt(12)];
        int[] interesting = {
            0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf1, 0xf4,
            0xf5, 0xff
        };
        for (int i = 0; i < bytes.length; i++) {
            boolean ascii = i < 4 || random.nextInt(3) == 0;
            bytes[i] = (byte) (ascii ? 'a' : interesting[random.nextInt(interesting.length)]);
        }
        assertThat(Utf8.mayBeJson(bytes)).isEqualTo(isUtf8(bytes));
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
