package io.retally.core.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The pieces of every {@link Codec}: LEB128 integers, zigzag for signed ones, length-prefixed text and bytes. */
public final class Binary {

    /** The odd number before the bytes of an ObjectId; before other ids there is an even one. */
    private static final int OBJECT_ID = 1;

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

    /**
     * Writes an id: 24 lower-case hexadecimal digits, which is what an ObjectId is shown as, in 13 bytes; any other text as it
     * is, behind the double of its length in bytes.
     */
    public static void writeId(String id, DataOutput out) throws IOException {
        byte[] objectId = ObjectIds.toBytes(id);
        if (objectId != null) {
            out.writeByte(OBJECT_ID);
            out.write(objectId);
        } else {
            byte[] text = Text.toBytes(id);
            writeUnsigned((long) text.length << 1, out);
            out.write(text);
        }
    }

    public static String readId(DataInput in) throws IOException {
        long head = readUnsigned(in);
        if (head == OBJECT_ID) {
            return ObjectIds.text(in.readLong(), in.readInt());
        }
        if ((head & 1) != 0) {
            throw new IOException("an id of an unknown form: " + head);
        }
        byte[] text = new byte[Math.toIntExact(head >>> 1)];
        in.readFully(text);
        return Text.fromBytes(text);
    }

    /** Goes to the end of what {@link #writeId} wrote. */
    public static void skipId(DataInput in) throws IOException {
        long head = readUnsigned(in);
        skip(head == OBJECT_ID ? ObjectIds.BYTES : Math.toIntExact(head >>> 1), in);
    }

    /** Goes to the end of what {@link #writeText} wrote. */
    public static void skipText(DataInput in) throws IOException {
        skip(readLength(in), in);
    }

    private static void skip(int bytes, DataInput in) throws IOException {
        if (in.skipBytes(bytes) != bytes) {
            throw new EOFException();
        }
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
            throw otherVersion(what, version, "version " + expected);
        }
    }

    /** The same for a form that has earlier versions, which are read, too: gives the version of these bytes. */
    public static int requireVersionUpTo(int newest, String what, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > newest) {
            throw otherVersion(what, version, "versions up to " + newest);
        }
        return version;
    }

    private static IOException otherVersion(String what, int version, String read) {
        return new IOException("%s is stored in version %d, this build reads %s: restore with the build that wrote it"
                .formatted(what, version, read));
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

    /** Reads these bytes from the first one. */
    public static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    public static <T> T fromBytes(Codec<T> codec, byte[] bytes) {
        try {
            return codec.read(input(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
