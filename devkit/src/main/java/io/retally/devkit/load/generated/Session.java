package io.retally.devkit.load.generated;

import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument.Op;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sitting of a rep with one lesson: the text message, its link clicked, the lesson opened, the video watched until the rep
 * drops off, the quiz answered with retries, the lesson completed. Whether an answer is right depends on the rep's
 * ability and the question's difficulty (the logistic model of Rasch, 1960).
 */
final class Session {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final int CHOICES = 4;
    private static final double CLICKED = 0.8;
    private static final double WATCHED_ON = 0.975;
    private static final double SKIPPED = 0.04;
    private static final double WATCHED_AGAIN = 0.05;
    private static final double QUIZ_TAKEN = 0.92;
    private static final double RETRIED = 0.7;
    private static final double LEARNED = 0.8;
    private static final int TRIES = 3;

    private final Ids ids;
    private final Dice dice;
    private final Journey journey;
    private final CoachedLesson lesson;
    private final List<Step> steps = new ArrayList<>();
    private long at;

    private Session(Ids ids, Dice dice, Journey journey, CoachedLesson lesson, long at) {
        this.ids = ids;
        this.dice = dice;
        this.journey = journey;
        this.lesson = lesson;
        this.at = at;
    }

    /** The next sitting of a rep, on the day that begins at {@code midnight} of the rep's zone; moves the rep on. */
    static List<Step> next(Journey journey, long midnight, long now, Ids ids, Dice dice) {
        List<CoachedLesson> lessons = journey.program.lessons();
        boolean review = journey.finished();
        CoachedLesson lesson = lessons.get(review ? dice.below(lessons.size()) : journey.lesson);
        long at = midnight + timeOfDay(dice);
        // The last day is not over everywhere at the same time.
        Session session = new Session(ids, dice, journey, lesson, at >= now - HOUR ? at - DAY : at);
        if (review) {
            session.open();
            session.watch();
        } else if (session.message()) {
            session.open();
            if (session.watch() && session.quiz()) {
                session.step(Verb.LESSON_COMPLETED);
                journey.lesson++;
                journey.messaged = false;
            }
        }
        return session.steps;
    }

    /** Before work, at lunch, or at any time of the day. */
    private static long timeOfDay(Dice dice) {
        double kind = dice.unit();
        double hours = kind < 0.45
                ? 8.2 + 0.6 * dice.normal()
                : kind < 0.8 ? 12.4 + 0.4 * dice.normal() : 9 + 11 * dice.unit();
        return (long) (Math.min(20, Math.max(5.5, hours)) * HOUR);
    }

    /** Sends the message before the first sitting with a lesson; whether the rep comes. */
    private boolean message() {
        if (journey.messaged) {
            return true;
        }
        journey.messaged = true;
        long comesAt = at;
        at -= dice.between(2, 50) * MINUTE;
        step(Verb.MESSAGE_SENT);
        at = comesAt;
        if (dice.chance(CLICKED)) {
            step(Verb.MESSAGE_CLICKED);
            return true;
        }
        return false;
    }

    private void open() {
        step(Verb.LESSON_OPENED);
    }

    /** Watches the video step by step; whether the rep stays to its end. */
    private boolean watch() {
        for (int segment = 0; segment < lesson.segments(); segment++) {
            if (!dice.chance(WATCHED_ON)) {
                return false;
            }
            if (!dice.chance(SKIPPED)) {
                watched(segment);
                if (dice.chance(WATCHED_AGAIN)) {
                    watched(segment);
                }
            }
        }
        return true;
    }

    /** Answers the questions; whether enough are right in the end to pass. */
    private boolean quiz() {
        if (!dice.chance(QUIZ_TAKEN)) {
            return false;
        }
        int right = 0;
        for (int question = 0; question < lesson.questionIds().size(); question++) {
            right += answered(question) ? 1 : 0;
        }
        return right * 100
                >= journey.program.passPercent() * lesson.questionIds().size();
    }

    private boolean answered(int question) {
        double advantage = journey.rep.ability - lesson.difficulties().get(question);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            boolean correct = dice.chance(1 / (1 + StrictMath.exp(-advantage)));
            step(
                    Verb.QUESTION_ANSWERED,
                    0,
                    new Step.Answer(question, correct ? 0 : dice.between(1, CHOICES - 1)),
                    dice.between(8, 40) * SECOND);
            if (correct || !dice.chance(RETRIED)) {
                return correct;
            }
            advantage += LEARNED;
        }
        return false;
    }

    private void watched(int segment) {
        step(Verb.SEGMENT_WATCHED, segment, null, 15 * SECOND);
    }

    private void step(Verb verb) {
        step(verb, 0, null, dice.between(2, 20) * SECOND);
    }

    private void step(Verb verb, int segment, Step.@Nullable Answer answer, long lasts) {
        long moment = at + dice.below((int) SECOND);
        steps.add(new Step(ids.next(moment), Op.INSERT, journey, lesson, verb, moment, moment, segment, answer));
        at += lasts;
    }
}
