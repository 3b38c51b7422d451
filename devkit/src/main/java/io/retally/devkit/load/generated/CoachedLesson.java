package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** A lesson as its author made it: a video, questions with their difficulties (in units of a rep's ability). */
record CoachedLesson(
        BsonString id,
        String title,
        int videoSeconds,
        boolean required,
        List<BsonString> questionIds,
        List<Double> difficulties) {

    private static final int SEGMENT_SECONDS = 15;

    CoachedLesson {
        questionIds = List.copyOf(questionIds);
        difficulties = List.copyOf(difficulties);
    }

    /** The n-th lesson of a program, n from 1. Some have no video, some no quiz; later ones are harder. */
    static CoachedLesson make(int number, int requiredLessons, Dice dice) {
        List<BsonString> questions = new ArrayList<>();
        List<Double> difficulties = new ArrayList<>();
        int count = dice.chance(0.08) ? 0 : dice.between(2, 5);
        for (int question = 1; question <= count; question++) {
            questions.add(new BsonString("l" + number + "q" + question));
            difficulties.add(dice.normal() * 0.8 - 0.9 + number * 0.012);
        }
        return new CoachedLesson(
                new BsonString("l" + number),
                "Lesson " + number + ": " + dice.oneOf(Names.TOPICS),
                dice.chance(0.1) ? 0 : dice.between(60, 480),
                number <= requiredLessons,
                questions,
                difficulties);
    }

    int segments() {
        return (videoSeconds + SEGMENT_SECONDS - 1) / SEGMENT_SECONDS;
    }

    BsonDocument document() {
        return Documents.lesson(id, title, videoSeconds, required, questionIds);
    }
}
