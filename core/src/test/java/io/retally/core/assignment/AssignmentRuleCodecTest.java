package io.retally.core.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.codec.Binary;
import io.retally.core.document.AnyDocument;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A rule is read as it was written. */
class AssignmentRuleCodecTest {

    private static final AssignmentRuleCodec CODEC = new AssignmentRuleCodec();

    @Property
    void isReadAsItWasWritten(@ForAll("rules") AssignmentRule rule) {
        assertThat(Binary.fromBytes(CODEC, Binary.toBytes(CODEC, rule))).isEqualTo(rule);
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        byte[] bytes =
                Binary.toBytes(CODEC, new AssignmentRule("r", "a", "p", null, 0, Action.REPEAT, null, Condition.NONE));
        bytes[0]++;
        assertThatThrownBy(() -> Binary.fromBytes(CODEC, bytes))
                .hasMessageContaining("an assignment rule is stored in version 2");
    }

    @Provide
    Arbitrary<AssignmentRule> rules() {
        Arbitrary<String> text = AnyDocument.text();
        Arbitrary<Integer> bound = Arbitraries.integers().injectNull(0.4);
        Arbitrary<Condition> conditions = Combinators.combine(
                        bound,
                        bound,
                        bound,
                        bound,
                        bound,
                        Arbitraries.of(true, false).injectNull(0.4),
                        bound)
                .as(Condition::new);
        return Combinators.combine(
                        text,
                        text,
                        text,
                        text.injectNull(0.3),
                        Arbitraries.integers(),
                        Arbitraries.of(Action.class),
                        text.injectNull(0.3),
                        conditions)
                .as(AssignmentRule::new);
    }
}
