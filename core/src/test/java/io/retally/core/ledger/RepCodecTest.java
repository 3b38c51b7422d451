package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.codec.Binary;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The head of a ledger is read as it was written. */
class RepCodecTest {

    private static final RepCodec CODEC = new RepCodec();

    @Property
    void isReadAsItWasWritten(@ForAll("reps") Rep rep) {
        assertThat(Binary.fromBytes(CODEC, Binary.toBytes(CODEC, rep))).isEqualTo(rep);
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes = Binary.toBytes(CODEC, Rep.NONE);
        bytes[0]++;
        assertThatThrownBy(() -> Binary.fromBytes(CODEC, bytes)).hasMessageContaining("a rep is stored in version 2");
    }

    @Provide
    Arbitrary<Rep> reps() {
        return AnyRep.any();
    }
}
