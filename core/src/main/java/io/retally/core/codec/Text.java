package io.retally.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as CESU-8 (Unicode Technical Report 26): as UTF-8, but every surrogate stands for itself in three bytes. Unlike
 * UTF-8 it keeps lone surrogates, and ASCII, nearly all that ids are made of, is copied as it is.
 */
final class Text {

    private Text() {}

    static byte[] toBytes(String text) {
        int length = text.length();
        int size = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        if (size == length) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] bytes = new byte[size];
        int next = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[next++] = (byte) c;
            } else if (c < 0x800) {
                bytes[next++] = (byte) (0xC0 | c >> 6);
                bytes[next++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[next++] = (byte) (0xE0 | c >> 12);
                bytes[next++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[next++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return bytes;
    }

    /** The text that {@link #toBytes} made the bytes of. */
    static String fromBytes(byte[] bytes) {
        boolean ascii = true;
        for (byte b : bytes) {
            ascii &= b >= 0;
        }
        if (ascii) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        char[] chars = new char[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i];
            if (b >= 0) {
                chars[length++] = (char) b;
            } else if ((b & 0xE0) == 0xC0) {
                chars[length++] = (char) ((b & 0x1F) << 6 | bytes[++i] & 0x3F);
            } else {
                chars[length++] = (char) ((b & 0x0F) << 12 | (bytes[++i] & 0x3F) << 6 | bytes[++i] & 0x3F);
            }
        }
        return new String(Arrays.copyOf(chars, length));
    }
}
