package io.retally.devkit.load.generated;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.Documents;
import java.util.Objects;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** One interaction of a rep; a segment or an answer only if the verb has one. It arrives when it happens, or later. */
record Step(
        BsonObjectId id,
        Op op,
        Journey journey,
        CoachedLesson lesson,
        Verb verb,
        long at,
        long arrivesAt,
        int segment,
        @Nullable Answer answer)
        implements Pending {

    /** An answer to a lesson's question, counted from 0; choice 0 is the right one of A to D, moved by the question. */
    record Answer(int question, int choice) {
        boolean correct() {
            return choice == 0;
        }

        /** The same question, now right if it was wrong and wrong if it was right. */
        Answer corrected() {
            return new Answer(question, correct() ? 1 : 0);
        }

        BsonString letter() {
            return new BsonString(String.valueOf((char) ('A' + (choice + question) % 4)));
        }
    }

    Step later(long millis) {
        return new Step(id, op, journey, lesson, verb, at, at + millis, segment, answer);
    }

    /** The change of an answer that was marked wrongly. */
    Step correction(long arrives) {
        return new Step(
                id,
                Op.REPLACE,
                journey,
                lesson,
                verb,
                at,
                arrives,
                segment,
                Objects.requireNonNull(answer).corrected());
    }

    Step deletion(long arrives) {
        return new Step(id, Op.DELETE, journey, lesson, verb, at, arrives, segment, answer);
    }

    @Override
    public ChangeOfDocument change() {
        return op == Op.DELETE
                ? ChangeOfDocument.delete(Collection.INTERACTIONS, id)
                : new ChangeOfDocument(Collection.INTERACTIONS, op, id, document());
    }

    private BsonDocument document() {
        BsonDocument interaction = Documents.interaction(
                id, journey.rep.account.id(), journey.rep.id, journey.program.id(), lesson.id(), verb, at);
        if (verb == Verb.SEGMENT_WATCHED) {
            interaction.append("segment", new BsonInt32(segment));
        }
        if (answer != null) {
            interaction
                    .append("questionId", lesson.questionIds().get(answer.question()))
                    .append("choice", answer.letter())
                    .append("correct", BsonBoolean.valueOf(answer.correct()));
        }
        return interaction;
    }
}
