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
        Sum sum = new Sum();
        sum.add(interaction, count);
        return sum.facts();
    }

    /** Adds up facts one by one, without a copy for each. Not to be added to once {@link #facts} was asked for. */
    static final class Sum {
        private Timeline sent = Timeline.EMPTY;
        private Timeline clicked = Timeline.EMPTY;
        private Timeline opened = Timeline.EMPTY;
        private Timeline completed = Timeline.EMPTY;
        private SortedMap<Integer, Timeline> watched = NOTHING_WATCHED;
        private SortedMap<Answer, Integer> answers = NO_ANSWERS;

        /** Adds what {@link LessonFacts#of} gives. */
        void add(Interaction interaction, int count) {
            Timeline once = Timeline.of(interaction.at(), count);
            switch (interaction.verb()) {
                case MESSAGE_SENT -> sent = sent.plus(once);
                case MESSAGE_CLICKED -> clicked = clicked.plus(once);
                case LESSON_OPENED -> opened = opened.plus(once);
                case LESSON_COMPLETED -> completed = completed.plus(once);
                case SEGMENT_WATCHED -> {
                    if (watched.isEmpty()) {
                        watched = new TreeMap<>();
                    }
                    Integer segment = Objects.requireNonNull(interaction.segment());
                    watched.merge(segment, once, (a, b) -> emptyToNull(a.plus(b)));
                }
                case QUESTION_ANSWERED -> {
                    if (answers.isEmpty()) {
                        answers = new TreeMap<>();
                    }
                    Answer answer = new Answer(
                            Objects.requireNonNull(interaction.questionId()),
                            interaction.at(),
                            interaction.id(),
                            Objects.requireNonNull(interaction.correct()));
                    answers.merge(answer, count, (a, b) -> zeroToNull(Math.addExact(a, b)));
                }
            }
        }

        LessonFacts facts() {
            return new LessonFacts(sent, clicked, opened, completed, watched, answers);
        }
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
        right.forEach((answer, count) -> sum.merge(answer, count, (a, b) -> zeroToNull(Math.addExact(a, b))));
        return sum;
    }

    @SuppressWarnings("NullAway") // Map.merge removes the key where the function gives null
    private static Timeline emptyToNull(Timeline timeline) {
        return timeline.isEmpty() ? null : timeline;
    }

    @SuppressWarnings("NullAway") // Map.merge removes the key where the function gives null
    private static Integer zeroToNull(int count) {
        return count == 0 ? null : (Integer) count;
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
