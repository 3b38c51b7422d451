package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;

/** A program of 55 lessons, a text message a lesson; the first twenty are required. */
record CoachedProgram(
        BsonObjectId id,
        CoachedAccount account,
        String name,
        String kind,
        int passPercent,
        List<CoachedLesson> lessons) {

    static final int LESSONS = 55;
    private static final int REQUIRED_LESSONS = 20;

    CoachedProgram {
        lessons = List.copyOf(lessons);
    }

    static CoachedProgram make(BsonObjectId id, CoachedAccount account, int number, Dice dice) {
        List<CoachedLesson> lessons = new ArrayList<>();
        for (int lesson = 1; lesson <= LESSONS; lesson++) {
            lessons.add(CoachedLesson.make(lesson, REQUIRED_LESSONS, dice));
        }
        String kind = dice.oneOf(Names.KINDS);
        return new CoachedProgram(
                id, account, "Program " + number + " (" + kind + ")", kind, 50 + 10 * dice.below(4), lessons);
    }

    BsonDocument document() {
        return document(passPercent, lessons);
    }

    /** The document after an edit under way: another pass mark, and the optional lessons in another order. */
    BsonDocument editedDocument(Dice dice) {
        List<CoachedLesson> reordered = new ArrayList<>(lessons);
        reordered.add(REQUIRED_LESSONS, reordered.remove(dice.between(REQUIRED_LESSONS, LESSONS - 1)));
        return document(passPercent == 80 ? 70 : passPercent + 10, reordered);
    }

    private BsonDocument document(int pass, List<CoachedLesson> plan) {
        return Documents.program(
                id,
                account.id(),
                name,
                kind,
                pass,
                plan.stream().map(CoachedLesson::document).toList());
    }
}
