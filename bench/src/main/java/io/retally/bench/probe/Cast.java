package io.retally.bench.probe;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Makes the documents of one {@link Subject}: an account with teams, reps and a program of 55 lessons, each with a video of eight
 * segments and two questions. Only the last lesson is required: who passes it has completed the program.
 */
final class Cast {
    static final int LESSONS = 55;
    private static final int SEGMENTS = 8;
    private static final int STEPS_OF_SITTING = SEGMENTS + 6;
    private static final int SEGMENT_SECONDS = 15;
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final long BETWEEN_INTERACTIONS_MILLIS =
            Duration.ofSeconds(20).toMillis();

    private final String name;
    private final List<ChangeOfDocument> changes = new ArrayList<>();
    private long at = BEGIN.toEpochMilli();
    private int interactions;

    /** @param passPercent of the program */
    Cast(String name, int teams, int passPercent) {
        this.name = name;
        insert(Collection.ACCOUNTS, Documents.account(accountId(), "Probe " + name, "UTC"));
        for (int team = 1; team <= teams; team++) {
            insert(Collection.TEAMS, Documents.team(teamId(team), accountId(), "Team " + team, null));
        }
        insert(Collection.PROGRAMS, program(passPercent));
    }

    /** All that was made so far. */
    List<ChangeOfDocument> changes() {
        return changes;
    }

    BsonDocument program(int passPercent) {
        List<BsonDocument> lessons = IntStream.rangeClosed(1, LESSONS)
                .mapToObj(lesson -> Documents.lesson(
                        lessonId(lesson),
                        "Lesson " + lesson,
                        SEGMENTS * SEGMENT_SECONDS,
                        lesson == LESSONS,
                        List.of(questionId(1), questionId(2))))
                .toList();
        return Documents.program(programId(), accountId(), "Probe " + name, "training", passPercent, lessons);
    }

    BsonDocument contact(int rep, int team) {
        return Documents.contact(contactId(rep), accountId(), "Rep " + rep, teamId(team));
    }

    BsonString contactId(int rep) {
        return id("rep-" + rep);
    }

    /** Adds a rep who is in the program. */
    void hire(int rep, int team) {
        insert(Collection.CONTACTS, contact(rep, team));
        insert(
                Collection.ENROLLMENTS,
                Documents.enrollment(
                        id("enrollment-" + rep),
                        accountId(),
                        contactId(rep),
                        programId(),
                        BEGIN,
                        BEGIN.plus(Duration.ofDays(60)),
                        null));
    }

    /** Lets a rep go through the lessons, one after the other and again from the first, for so many interactions. */
    void study(int rep, int count) {
        for (int i = 0; i < count; i++) {
            insertInteraction(ofSitting(rep, i / STEPS_OF_SITTING % LESSONS + 1, i % STEPS_OF_SITTING));
        }
    }

    private BsonDocument ofSitting(int rep, int lesson, int step) {
        return switch (step) {
            case 0 -> interaction(rep, lesson, Verb.MESSAGE_SENT);
            case 1 -> interaction(rep, lesson, Verb.MESSAGE_CLICKED);
            case 2 -> interaction(rep, lesson, Verb.LESSON_OPENED);
            case SEGMENTS + 3 -> answer(interaction(rep, lesson, Verb.QUESTION_ANSWERED), 1, true);
            case SEGMENTS + 4 -> answer(interaction(rep, lesson, Verb.QUESTION_ANSWERED), 2, true);
            case SEGMENTS + 5 -> interaction(rep, lesson, Verb.LESSON_COMPLETED);
            default -> interaction(rep, lesson, Verb.SEGMENT_WATCHED).append("segment", new BsonInt32(step - 3));
        };
    }

    /** Lets a rep complete a lesson with one of two answers right. */
    void completeWithOneRight(int rep, int lesson) {
        completeWithoutSecondAnswer(rep, lesson);
        insertInteraction(answer(interaction(rep, lesson, Verb.QUESTION_ANSWERED), 2, false));
    }

    void completeWithTwoRight(int rep, int lesson) {
        completeWithoutSecondAnswer(rep, lesson);
        insertInteraction(answer(interaction(rep, lesson, Verb.QUESTION_ANSWERED), 2, true));
    }

    /** Lets a rep complete a lesson with one answer, which is right. */
    void completeWithoutSecondAnswer(int rep, int lesson) {
        insertInteraction(interaction(rep, lesson, Verb.LESSON_OPENED));
        insertInteraction(answer(interaction(rep, lesson, Verb.QUESTION_ANSWERED), 1, true));
        insertInteraction(interaction(rep, lesson, Verb.LESSON_COMPLETED));
    }

    /** The answer of a rep to the second question of the last lesson, later than all else. */
    BsonDocument lastAnswer(BsonString id, int rep, boolean correct) {
        return answer(interaction(id, rep, LESSONS, Verb.QUESTION_ANSWERED), 2, correct);
    }

    BsonString id(String what) {
        return new BsonString("probe-" + name + "-" + what);
    }

    private BsonDocument interaction(int rep, int lesson, Verb verb) {
        return interaction(id("interaction-" + interactions), rep, lesson, verb);
    }

    private BsonDocument interaction(BsonString id, int rep, int lesson, Verb verb) {
        return Documents.interaction(id, accountId(), contactId(rep), programId(), lessonId(lesson), verb, at);
    }

    private static BsonDocument answer(BsonDocument interaction, int question, boolean correct) {
        return interaction
                .append("questionId", questionId(question))
                .append("choice", new BsonString(correct ? "A" : "B"))
                .append("correct", BsonBoolean.valueOf(correct));
    }

    private void insertInteraction(BsonDocument interaction) {
        insert(Collection.INTERACTIONS, interaction);
        interactions++;
        at += BETWEEN_INTERACTIONS_MILLIS;
    }

    private void insert(Collection collection, BsonDocument document) {
        changes.add(ChangeOfDocument.insert(collection, document));
    }

    private BsonString accountId() {
        return id("account");
    }

    private BsonString programId() {
        return id("program");
    }

    private BsonString teamId(int team) {
        return id("team-" + team);
    }

    private static BsonString lessonId(int lesson) {
        return new BsonString("l" + lesson);
    }

    private static BsonString questionId(int question) {
        return new BsonString("q" + question);
    }
}
