package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.bench.result.Steps;
import io.retally.devkit.stack.StackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
    private final StringWriter said = new StringWriter();
    private final Steps steps = new Steps(new PrintWriter(said));

    private static Served.Told told(Question question, String contact) {
        return new Served.Told(
                new Asking(question, "a", "p", "t", contact, "l", "answers", "asc"),
                "2026-01-02 03:04:05.000006",
                List.of(Answer.Kind.NUMBER),
                new Answer(List.of(List.of("7"))));
    }

    @Test
    void anAnswerIsComparedBeforeItsTimeIsTaken() throws Exception {
        TestingPeer peer = new TestingPeer(7L, Question.TEAMS);
        Trial.Taken taken = Trial.run(
                peer,
                List.of(told(Question.FUNNEL, "c1"), told(Question.FUNNEL, "c2"), told(Question.TEAMS, "c1")),
                3,
                steps);
        assertThat(taken.questions()).containsOnlyKeys(Question.FUNNEL);
        assertThat(taken.questions().values())
                .allSatisfy(took -> assertThat(took.count()).isEqualTo(6));
        assertThat(peer.asked).hasSize(2 + 6 + 1);
        assertThat(said.toString()).contains("funnel       equal 2 times", "teams        no answer after 120 s");
    }

    @Test
    void aWrongAnswerIsRefused() {
        TestingPeer peer = new TestingPeer(8L, Question.TEAMS);
        assertThatThrownBy(() -> Trial.run(peer, List.of(told(Question.FUNNEL, "c1")), 3, steps))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("row 1 is [8] instead of [7]");
        assertThat(peer.asked).hasSize(1);
    }

    @Test
    void aMissingValueIsNotTakenForANumber() {
        assertThatThrownBy(() -> Trial.run(
                        new TestingPeer(null, Question.TEAMS), List.of(told(Question.FUNNEL, "c1")), 1, steps))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("(null)");
    }
}
