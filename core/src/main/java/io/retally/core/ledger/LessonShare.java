package io.retally.core.ledger;

import io.retally.core.ledger.Plan.LessonPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rep's facts in one lesson come to under a plan: the row of {@code rep_lesson}, and what every total over
 * lessons, segments and questions takes from it. A pure function of facts, lesson and pass mark. Times are milliseconds
 * since 1970 UTC.
 *
 * @param counted whether at least one fact counts: then the rep has a row in {@code rep_lesson}
 * @param watched the segments that were watched, rising
 * @param views how often each of {@code watched} was watched
 * @param lastActivityAt the latest of what the rep did, not of what was sent
 */
record LessonShare(
        boolean counted,
        long messagesSent,
        long messagesClicked,
        @Nullable Long openedAt,
        @Nullable Long completedAt,
        int[] watched,
        long[] views,
        List<QuestionShare> questions,
        boolean passed,
        boolean required,
        @Nullable Long firstActivityAt,
        @Nullable Long lastActivityAt) {

    /** The share of facts of which none counts. */
    static final LessonShare NONE =
            new LessonShare(false, 0, 0, null, null, new int[0], new long[0], List.of(), false, false, null, null);

    /** A rep's answers to one question. */
    record QuestionShare(String questionId, long answers, boolean firstCorrect, boolean latestCorrect) {}

    static LessonShare of(LessonFacts facts, @Nullable LessonPlan lesson, int passPercent) {
        if (lesson == null || facts.isEmpty()) {
            return NONE;
        }
        Span activity = new Span();
        activity.add(facts.clicked);
        activity.add(facts.opened);
        activity.add(facts.completed);

        Map<Integer, Timeline> ofVideo = facts.watched.headMap(lesson.segmentsTotal());
        int[] watched = new int[ofVideo.size()];
        long[] views = new long[watched.length];
        int next = 0;
        for (Map.Entry<Integer, Timeline> segment : ofVideo.entrySet()) {
            watched[next] = segment.getKey();
            views[next++] = segment.getValue().total();
            activity.add(segment.getValue());
        }

        List<QuestionShare> questions = new ArrayList<>();
        long correct = 0;
        for (List<Answer> answers : facts.answersByQuestion()) {
            Answer first = answers.get(0);
            Answer latest = answers.get(answers.size() - 1);
            if (lesson.questionIds().contains(first.questionId())) {
                questions.add(new QuestionShare(first.questionId(), answers.size(), first.correct(), latest.correct()));
                correct += latest.correct() ? 1 : 0;
                activity.add(first.at());
                activity.add(latest.at());
            }
        }
        if (facts.sent.isEmpty() && activity.first == null) {
            return NONE;
        }
        Long completedAt = facts.completed.isEmpty() ? null : (Long) facts.completed.first();
        return new LessonShare(
                true,
                facts.sent.total(),
                facts.clicked.total(),
                facts.opened.isEmpty() ? null : (Long) facts.opened.first(),
                completedAt,
                watched,
                views,
                questions,
                completedAt != null && correct * 100 >= (long) passPercent * lesson.questionsTotal(),
                lesson.required(),
                activity.first,
                activity.last);
    }

    long questionsCorrect() {
        return questions.stream().filter(QuestionShare::latestCorrect).count();
    }

    long answers() {
        return questions.stream().mapToLong(QuestionShare::answers).sum();
    }

    boolean passedRequired() {
        return passed && required;
    }

    @Nullable
    Long requiredCompletedAt() {
        return passedRequired() ? completedAt : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LessonShare that
                && counted == that.counted
                && messagesSent == that.messagesSent
                && messagesClicked == that.messagesClicked
                && Objects.equals(openedAt, that.openedAt)
                && Objects.equals(completedAt, that.completedAt)
                && Arrays.equals(watched, that.watched)
                && Arrays.equals(views, that.views)
                && questions.equals(that.questions)
                && passed == that.passed
                && required == that.required
                && Objects.equals(firstActivityAt, that.firstActivityAt)
                && Objects.equals(lastActivityAt, that.lastActivityAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(messagesSent, messagesClicked, openedAt, completedAt, questions);
    }

    /** The earliest and the latest of times. */
    private static final class Span {
        private @Nullable Long first;
        private @Nullable Long last;

        void add(Timeline timeline) {
            if (!timeline.isEmpty()) {
                add(timeline.first());
                add(timeline.last());
            }
        }

        void add(long time) {
            first = Standing.earlier(first, time);
            last = Standing.later(last, time);
        }
    }
}
