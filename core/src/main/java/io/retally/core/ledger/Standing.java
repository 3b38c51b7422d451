package io.retally.core.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A member's sums over the lessons of one program: what the columns of {@code rep_program} add up. Times are
 * milliseconds since 1970 UTC. Immutable.
 *
 * @param lessonsPassed of the required lessons
 * @param firstActivityAt when the rep first did something, not counting messages sent; null if never
 * @param requiredCompletedAt the latest completion of a required lesson that is passed; null if none is
 */
public record Standing(
        long lessonsOpened,
        long lessonsCompleted,
        long lessonsPassed,
        long segmentsWatched,
        long questionsAnswered,
        long questionsCorrect,
        long answers,
        long messagesSent,
        long messagesClicked,
        @Nullable Long firstActivityAt,
        @Nullable Long lastActivityAt,
        @Nullable Long requiredCompletedAt) {

    static final Standing ZERO = new Standing(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null);

    /** The sums after a lesson's share changed; the three times only ever widen here, see {@link #mayNarrow}. */
    Standing after(LessonShare before, LessonShare now) {
        return new Standing(
                lessonsOpened + one(now.openedAt()) - one(before.openedAt()),
                lessonsCompleted + one(now.completedAt()) - one(before.completedAt()),
                lessonsPassed + (now.passedRequired() ? 1 : 0) - (before.passedRequired() ? 1 : 0),
                segmentsWatched + now.watched().length - before.watched().length,
                questionsAnswered + now.questions().size() - before.questions().size(),
                questionsCorrect + now.questionsCorrect() - before.questionsCorrect(),
                Math.addExact(answers, now.answers() - before.answers()),
                Math.addExact(messagesSent, now.messagesSent() - before.messagesSent()),
                Math.addExact(messagesClicked, now.messagesClicked() - before.messagesClicked()),
                earlier(firstActivityAt, now.firstActivityAt()),
                later(lastActivityAt, now.lastActivityAt()),
                later(requiredCompletedAt, now.requiredCompletedAt()));
    }

    /**
     * Whether one of the three times hung on the lesson's share and does no more. A minimum cannot be subtracted from:
     * then they are found again from all lessons.
     */
    boolean mayNarrow(LessonShare before, LessonShare now) {
        return hungOn(firstActivityAt, before.firstActivityAt())
                        && isLater(now.firstActivityAt(), before.firstActivityAt())
                || hungOn(lastActivityAt, before.lastActivityAt())
                        && isEarlier(now.lastActivityAt(), before.lastActivityAt())
                || hungOn(requiredCompletedAt, before.requiredCompletedAt())
                        && isEarlier(now.requiredCompletedAt(), before.requiredCompletedAt());
    }

    private static boolean hungOn(@Nullable Long extreme, @Nullable Long before) {
        return before != null && before.equals(extreme);
    }

    /** Whether a time moved to a later one, or went. */
    private static boolean isLater(@Nullable Long now, @Nullable Long before) {
        return now == null || before != null && now > before;
    }

    /** Whether a time moved to an earlier one, or went. */
    private static boolean isEarlier(@Nullable Long now, @Nullable Long before) {
        return now == null || before != null && now < before;
    }

    private static int one(@Nullable Long time) {
        return time == null ? 0 : 1;
    }

    static @Nullable Long earlier(@Nullable Long left, @Nullable Long right) {
        return left == null ? right : right == null ? left : (Long) Math.min(left, right);
    }

    static @Nullable Long later(@Nullable Long left, @Nullable Long right) {
        return left == null ? right : right == null ? left : (Long) Math.max(left, right);
    }
}
