package io.retally.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.document.AnyDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is read back, whole and no further. */
class BinaryTest {

    @Property
    void numbersOfEitherSign(@ForAll("numbers") long number) throws IOException {
        assertThat(written(out -> Binary.writeSigned(number, out)).readAll(Binary::readSigned))
                .isEqualTo(number);
        assertThat(written(out -> Binary.writeUnsigned(number, out)).readAll(Binary::readUnsigned))
                .isEqualTo(number);
    }

    @Property
    void optionalNumbers(@ForAll("numbers") @WithNull Long number) throws IOException {
        assertThat(written(out -> Binary.writeOptional(number, out)).readAll(Binary::readOptional))
                .isEqualTo(number);
    }

    @Property
    void textWithWhateverCharacters(@ForAll("texts") String text) throws IOException {
        assertThat(written(out -> Binary.writeText(text, out)).readAll(Binary::readText))
                .isEqualTo(text);
    }

    @Property
    void optionalText(@ForAll("texts") @WithNull String text) throws IOException {
        assertThat(written(out -> Binary.writeOptionalText(text, out)).readAll(Binary::readOptionalText))
                .isEqualTo(text);
    }

    @Property
    void idsWithWhateverCharacters(@ForAll("texts") String id) throws IOException {
        Written written = written(out -> Binary.writeId(id, out));
        assertThat(written.readAll(Binary::readId)).isEqualTo(id);
        written.readAll(in -> {
            Binary.skipId(in);
            return id;
        });
    }

    @Test
    void anObjectIdIsHalfAsLong() throws IOException {
        assertThat(written(out -> Binary.writeId("5f0123456789abcdef012345", out)).bytes)
                .hasSize(13);
        assertThat(written(out -> Binary.writeId("5F0123456789abcdef012345", out)).bytes)
                .hasSize(25);
    }

    @Test
    void anIdOfAnUnknownFormIsRefused() {
        assertThatThrownBy(() -> new Written(new byte[] {3}).readAll(Binary::readId))
                .hasMessageContaining("an id of an unknown form: 3");
    }

    @Test
    void whatIsSkippedMustBeThere() throws IOException {
        byte[] bytes = written(out -> Binary.writeText("text", out)).bytes;
        assertThatThrownBy(() -> new Written(Arrays.copyOf(bytes, 3)).readAll(in -> {
                    Binary.skipText(in);
                    return null;
                }))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void smallNumbersAreShort() throws IOException {
        assertThat(written(out -> Binary.writeUnsigned(127, out)).bytes).hasSize(1);
        assertThat(written(out -> Binary.writeUnsigned(128, out)).bytes).hasSize(2);
        assertThat(written(out -> Binary.writeSigned(-64, out)).bytes).hasSize(1);
        assertThat(written(out -> Binary.writeSigned(Long.MIN_VALUE, out)).bytes)
                .hasSize(10);
    }

    @Test
    void aNumberThatNeverEndsIsRefused() {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0x80);
        assertThatThrownBy(() -> new Written(bytes).readAll(Binary::readUnsigned))
                .hasMessageContaining("64 bits");
    }

    @Test
    void bytesThatAreCutOffAreRefused() throws IOException {
        byte[] bytes = written(out -> Binary.writeText("text", out)).bytes;
        assertThatThrownBy(() -> new Written(Arrays.copyOf(bytes, 3)).readAll(Binary::readText))
                .isInstanceOf(EOFException.class);
    }

    @Provide
    Arbitrary<Long> numbers() {
        return AnyDocument.number();
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyDocument.text();
    }

    private interface Write {
        void to(DataOutput out) throws IOException;
    }

    private interface Read<T> {
        @Nullable
        T from(DataInput in) throws IOException;
    }

    private static Written written(Write write) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write.to(new DataOutputStream(bytes));
        return new Written(bytes.toByteArray());
    }

    private record Written(byte[] bytes) {
        <T> @Nullable T readAll(Read<T> read) throws IOException {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            T value = read.from(new DataInputStream(in));
            assertThat(in.available()).isZero();
            return value;
        }
    }
}
