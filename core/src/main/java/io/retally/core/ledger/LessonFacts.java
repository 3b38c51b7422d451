package io.retally.core.ledger;

import io.retally.core.document.Interaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All facts of one rep in one lesson, whether or not the plan of the day counts them: a multiset, so that every fact
 * can be retracted in any order. Under {@link #plus} they are an abelian group; a difference holds negative counts.
 * Immutable.
 */
public final class LessonFacts {

    static final SortedMap<Integer, Timeline> NOTHING_WATCHED = Collections.emptySortedMap();
    static final SortedMap<Answer, Integer> NO_ANSWERS = Collections.emptySortedMap();

    public static final LessonFacts EMPTY = of(Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY);

    final Timeline sent;
    final Timeline clicked;
    final Timeline opened;
    final Timeline completed;
    /** Times of watching, by segment. */
    final SortedMap<Integer, Timeline> watched;
    /** How often each answer stands: 1, but in a difference. */
    final SortedMap<Answer, Integer> answers;

    LessonFacts(
            Timeline sent,
            Timeline clicked,
            Timeline opened,
            Timeline completed,
            SortedMap<Integer, Timeline> watched,
            SortedMap<Answer, Integer> answers) {
        this.sent = sent;
        this.clicked = clicked;
        this.opened = opened;
        this.completed = completed;
        this.watched = watched;
        this.answers = answers;
    }

    /**
     * Whether a plan can be thought of under which the interaction counts: a watched segment has a number from 0, an
     * answer names its question and says whether it was correct.
     */
    public static boolean isFact(Interaction interaction) {
        return switch (interaction.verb()) {
            case SEGMENT_WATCHED -> interaction.segment() != null && interaction.segment() >= 0;
            case QUESTION_ANSWERED -> interaction.questionId() != null && interaction.correct() != null;
            default -> true;
        };
    }

    /**
     * The fact of one interaction, {@code count} times.
     *
     * @param count 1 to add it, -1 to retract it
     * @throws NullPointerException if {@link #isFact} denies it
     */
    public static LessonFacts of(Interaction interaction, int count) {
        Timeline once = Timeline.of(interaction.at(), count);
        return switch (interaction.verb()) {
            case MESSAGE_SENT -> of(once, Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY);
            case MESSAGE_CLICKED -> of(Timeline.EMPTY, once, Timeline.EMPTY, Timeline.EMPTY);
            case LESSON_OPENED -> of(Timeline.EMPTY, Timeline.EMPTY, once, Timeline.EMPTY);
            case LESSON_COMPLETED -> of(Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, once);
            case SEGMENT_WATCHED -> {
                SortedMap<Integer, Timeline> watched = new TreeMap<>();
                watched.put(Objects.requireNonNull(interaction.segment()), once);
                yield new LessonFacts(
                        Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, watched, NO_ANSWERS);
            }
            case QUESTION_ANSWERED -> {
                SortedMap<Answer, Integer> answers = new TreeMap<>();
                answers.put(
                        new Answer(
                                Objects.requireNonNull(interaction.questionId()),
                                interaction.at(),
                                interaction.id(),
                                Objects.requireNonNull(interaction.correct())),
                        count);
                yield new LessonFacts(
                        Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, Timeline.EMPTY, NOTHING_WATCHED, answers);
            }
        };
    }

    private static LessonFacts of(Timeline sent, Timeline clicked, Timeline opened, Timeline completed) {
        return new LessonFacts(sent, clicked, opened, completed, NOTHING_WATCHED, NO_ANSWERS);
    }

    public boolean isEmpty() {
        return sent.isEmpty()
                && clicked.isEmpty()
                && opened.isEmpty()
                && completed.isEmpty()
                && watched.isEmpty()
                && answers.isEmpty();
    }

    public LessonFacts plus(LessonFacts other) {
        return new LessonFacts(
                sent.plus(other.sent),
                clicked.plus(other.clicked),
                opened.plus(other.opened),
                completed.plus(other.completed),
                plusWatched(watched, other.watched),
                plusAnswers(answers, other.answers));
    }

    private static SortedMap<Integer, Timeline> plusWatched(
            SortedMap<Integer, Timeline> left, SortedMap<Integer, Timeline> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        SortedMap<Integer, Timeline> sum = new TreeMap<>(left);
        right.forEach((segment, times) -> sum.merge(segment, times, (a, b) -> emptyToNull(a.plus(b))));
        return sum;
    }

    private static SortedMap<Answer, Integer> plusAnswers(
            SortedMap<Answer, Integer> left, SortedMap<Answer, Integer> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        SortedMap<Answer, Integer> sum = new TreeMap<>(left);
        right.forEach((answer, count) -> sum.merge(answer, count, (a, b) -> a + b == 0 ? null : Math.addExact(a, b)));
        return sum;
    }

    @SuppressWarnings("NullAway") // Map.merge removes the key where the function gives null
    private static Timeline emptyToNull(Timeline timeline) {
        return timeline.isEmpty() ? null : timeline;
    }

    /** The answers by question, each question's from the first to the latest. */
    List<List<Answer>> answersByQuestion() {
        List<List<Answer>> byQuestion = new ArrayList<>();
        List<Answer> current = new ArrayList<>();
        for (Map.Entry<Answer, Integer> entry : answers.entrySet()) {
            Answer answer = entry.getKey();
            if (current.isEmpty() || !current.get(0).questionId().equals(answer.questionId())) {
                current = new ArrayList<>();
                byQuestion.add(current);
            }
            for (int i = 0; i < entry.getValue(); i++) {
                current.add(answer);
            }
        }
        return byQuestion;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LessonFacts that
                && sent.equals(that.sent)
                && clicked.equals(that.clicked)
                && opened.equals(that.opened)
                && completed.equals(that.completed)
                && watched.equals(that.watched)
                && answers.equals(that.answers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sent, clicked, opened, completed, watched, answers);
    }

    @Override
    public String toString() {
        return "sent%s clicked%s opened%s completed%s watched%s answers%s"
                .formatted(sent, clicked, opened, completed, watched, answers);
    }
}
