package io.retally.documents;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8, RFC 3629: the JSON parser itself lets overlong forms and surrogates pass. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether the bytes may be JSON in UTF-8: valid, and not one of the encodings that a JSON parser would detect. */
    static boolean mayBeJson(byte[] bytes) {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        int ascii = 0;
        while (ascii + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, ascii) & HIGH_BITS) == 0) {
            ascii += Long.BYTES;
        }
        return isValid(bytes, ascii);
    }

    private static boolean isValid(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length) {
            int lead = bytes[i] & 0xff;
            int length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
            if (length == 0 || i + length > bytes.length || (length > 2 && !isSecond(lead, bytes[i + 1] & 0xff))) {
                return false;
            }
            for (int k = 1; k < length; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    return false;
                }
            }
            i += length;
        }
        return true;
    }

    /** Whether the second byte makes the form neither overlong, nor a surrogate, nor more than U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
