package io.retally.devkit.load.oulad;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A row of clicks or a result, ready to become interactions. Ids tell where an interaction comes from:
 * {@code student.site.day.number} of a click, {@code student.assessment.answered} and {@code .completed} of a result.
 */
record DayRow(
        BsonString programId,
        BsonInt32 contactId,
        BsonInt32 lessonId,
        String idPrefix,
        @Nullable Result result) {

    /** The number of the interaction that answers an assessment's question. */
    static final int ANSWERED = -1;

    /** The number of the interaction that completes an assessment. */
    static final int COMPLETED = -2;

    static DayRow clicks(Presentation presentation, int student, int site, int day) {
        return row(presentation, student, site, student + "." + site + "." + day + ".", null);
    }

    static DayRow result(Result result) {
        return row(
                result.presentation(),
                result.student(),
                result.assessment(),
                result.student() + "." + result.assessment() + ".",
                result);
    }

    private static DayRow row(
            Presentation presentation, int student, int lesson, String idPrefix, @Nullable Result result) {
        return new DayRow(
                new BsonString(presentation.name()), new BsonInt32(student), new BsonInt32(lesson), idPrefix, result);
    }

    ChangeOfDocument change(int number, long atMillis) {
        return ChangeOfDocument.insert(
                Collection.INTERACTIONS,
                switch (number) {
                    case ANSWERED -> answer(atMillis);
                    case COMPLETED -> interaction("completed", Verb.LESSON_COMPLETED, atMillis);
                    default -> interaction(Integer.toString(number), Verb.LESSON_OPENED, atMillis);
                });
    }

    /** Without a score it is not known whether the answer is correct: the field is missing, and the answer won't count. */
    private BsonDocument answer(long atMillis) {
        BsonDocument answer =
                interaction("answered", Verb.QUESTION_ANSWERED, atMillis).append("questionId", lessonId);
        Boolean correct = result == null ? null : result.correct();
        return correct == null ? answer : answer.append("correct", BsonBoolean.valueOf(correct));
    }

    private BsonDocument interaction(String idSuffix, Verb verb, long atMillis) {
        return Documents.interaction(
                new BsonString(idPrefix + idSuffix),
                OuladReferences.ACCOUNT_ID,
                contactId,
                programId,
                lessonId,
                verb,
                atMillis);
    }
}
