package io.retally.core.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The pieces of every {@link Codec}: LEB128 integers, zigzag for signed ones, length-prefixed text and bytes. */
public final class Binary {

    private Binary() {}

    /** Writes seven bits a byte, lowest first; small non-negative numbers are short. */
    public static void writeUnsigned(long value, DataOutput out) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readUnsigned(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a variable-length integer of more than 64 bits");
    }

    /** Writes a number of either sign; numbers near zero are short. */
    public static void writeSigned(long value, DataOutput out) throws IOException {
        writeUnsigned((value << 1) ^ (value >> 63), out);
    }

    public static long readSigned(DataInput in) throws IOException {
        long zigzag = readUnsigned(in);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public static int readLength(DataInput in) throws IOException {
        return Math.toIntExact(readUnsigned(in));
    }

    /** Writes length and text; any text, so that two ids that differ in a lone surrogate stay two. See {@link Text}. */
    public static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(Text.toBytes(text), out);
    }

    public static String readText(DataInput in) throws IOException {
        return Text.fromBytes(readBytes(in));
    }

    public static void writeOptionalText(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            writeText(text, out);
        }
    }

    public static @Nullable String readOptionalText(DataInput in) throws IOException {
        return in.readBoolean() ? readText(in) : null;
    }

    public static void writeOptional(@Nullable Long value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writeSigned(value, out);
        }
    }

    public static @Nullable Long readOptional(DataInput in) throws IOException {
        return in.readBoolean() ? (Long) readSigned(in) : null;
    }

    public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        writeUnsigned(bytes.length, out);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[readLength(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** Checks the version byte of a form that state keeps, so that bytes of a later build are never misread. */
    public static void requireVersion(int expected, String what, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != expected) {
            throw new IOException(
                    "%s is stored in version %d, this build reads version %d: restore with the build that wrote it"
                            .formatted(what, version, expected));
        }
    }

    public static <T> byte[] toBytes(Codec<T> codec, T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static <T> T fromBytes(Codec<T> codec, byte[] bytes) {
        try {
            return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
