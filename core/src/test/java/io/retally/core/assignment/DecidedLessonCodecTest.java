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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A decided lesson and an assignment are read as they were written. */
class DecidedLessonCodecTest {

    private static final DecidedLessonCodec LESSONS = new DecidedLessonCodec();
    private static final AssignmentCodec ASSIGNMENTS = new AssignmentCodec();

    @Property
    void isReadAsItWasWritten(@ForAll("lessons") DecidedLesson lesson) {
        assertThat(Binary.fromBytes(LESSONS, Binary.toBytes(LESSONS, lesson))).isEqualTo(lesson);
        Assignment assignment = lesson.decision().assignment();
        if (assignment != null) {
            assertThat(Binary.fromBytes(ASSIGNMENTS, Binary.toBytes(ASSIGNMENTS, assignment)))
                    .isEqualTo(assignment);
        }
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        LessonStanding standing = new LessonStanding("c", "p", "l", "a", 0, 0, 0, 0, false, null);
        byte[] bytes = Binary.toBytes(LESSONS, new DecidedLesson(standing, new Decision(null, null)));
        bytes[0]++;
        assertThatThrownBy(() -> Binary.fromBytes(LESSONS, bytes))
                .hasMessageContaining("a decided lesson is stored in version 2");
    }

    @Provide
    Arbitrary<DecidedLesson> lessons() {
        Arbitrary<String> text = AnyDocument.text();
        Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Long> time = Arbitraries.longs().injectNull(0.3);
        Arbitrary<LessonStanding> standings = Combinators.combine(text, text, text, text, count, count, count, time)
                .as((contact, program, lesson, account, answered, correct, answers, openedAt) -> new LessonStanding(
                        contact,
                        program,
                        lesson,
                        account,
                        answered,
                        correct,
                        answers,
                        answers / 2,
                        answers % 2 == 0,
                        openedAt));
        return Combinators.combine(standings, text.injectNull(0.3), Arbitraries.of(Action.class), text, text, time)
                .as(DecidedLessonCodecTest::decided);
    }

    private static DecidedLesson decided(
            LessonStanding standing,
            @Nullable String ruleId,
            Action action,
            String target,
            String reason,
            @Nullable Long validUntil) {
        Assignment assignment = ruleId == null ? null : new Assignment(ruleId, action, target, reason, standing);
        return new DecidedLesson(standing, new Decision(assignment, validUntil));
    }
}
