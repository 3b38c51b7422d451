package io.retally.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB's ObjectIds, whose text is 24 lower-case hexadecimal digits: nearly all ids are. Texts that were made lately are
 * given out again: the same few thousand reps, programs and lessons are named all the time, and a string that is the same
 * has its hash already and is equal at a glance.
 */
final class ObjectIds {

    static final int BYTES = 12;

    private static final HexFormat HEX = HexFormat.of();

    private record Known(long first, int rest, String text) {}

    /** By hash; whoever comes later takes the place. Threads may overwrite each other's, as all of them are right. */
    private static final @Nullable Known[] KNOWN = new @Nullable Known[1 << 13];

    private ObjectIds() {}

    /** Its bytes if the text is one's; else null. */
    static byte @Nullable [] toBytes(String text) {
        if (text.length() != 2 * BYTES) {
            return null;
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            int high = digit(text.charAt(2 * i));
            int low = digit(text.charAt(2 * i + 1));
            if ((high | low) < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** The text of an ObjectId: {@code first} is of its first eight bytes, {@code rest} of the other four, big-endian. */
    static String text(long first, int rest) {
        long mixed = (first * 31 + rest) * 0x9E37_79B9_7F4A_7C15L;
        int place = (int) (mixed >>> 51);
        Known known = KNOWN[place];
        if (known != null && known.first == first && known.rest == rest) {
            return known.text;
        }
        byte[] digits = new byte[2 * BYTES];
        for (int i = 0; i < 2 * BYTES; i++) {
            int digit = i < 16 ? (int) (first >>> (60 - 4 * i)) : rest >>> (92 - 4 * i);
            digits[i] = (byte) HEX.toLowHexDigit(digit);
        }
        String text = new String(digits, StandardCharsets.ISO_8859_1);
        KNOWN[place] = new Known(first, rest, text);
        return text;
    }
}
