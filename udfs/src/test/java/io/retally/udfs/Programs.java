package io.retally.udfs;

import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Programs, and their documents as MongoDB's driver writes them. */
final class Programs {

    private final Random random;

    Programs(Random random) {
        this.random = random;
    }

    /** Some program of this id. */
    Program next(String id) {
        List<Lesson> lessons = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> questions = new ArrayList<>();
            for (int q = random.nextInt(4); q > 0; q--) {
                questions.add("q" + random.nextInt(3));
            }
            lessons.add(new Lesson(
                    "l" + i, "Title " + random.nextInt(9), random.nextInt(86_401), random.nextBoolean(), questions));
        }
        return new Program(id, "account", "Program " + id, "course", random.nextInt(101), lessons);
    }

    /** Some program that has lessons. */
    Program withLessons(String id) {
        Program program = next(id);
        while (program.lessons().isEmpty()) {
            program = next(id);
        }
        return program;
    }

    /** Its document in extended JSON. */
    String document(Program program) {
        return document(program, program.lessons());
    }

    /** The document of a program that is unusable, as it holds a lesson twice. */
    String unusable(Program program) {
        List<Lesson> lessons = new ArrayList<>(program.lessons());
        Lesson lesson = new Lesson("twice", "Twice", 1, true, List.of("q1"));
        lessons.add(lesson);
        lessons.add(lesson);
        return document(program, lessons);
    }

    private String document(Program program, List<Lesson> lessons) {
        JsonMode mode = random.nextBoolean() ? JsonMode.EXTENDED : JsonMode.RELAXED;
        return new BsonDocument("_id", new BsonString(program.id()))
                .append("accountId", new BsonString(program.accountId()))
                .append("name", new BsonString(program.name()))
                .append("kind", new BsonString(program.kind()))
                .append("passPercent", new BsonInt64(program.passPercent()))
                .append(
                        "lessons",
                        new BsonArray(lessons.stream().map(Programs::document).toList()))
                .toJson(JsonWriterSettings.builder().outputMode(mode).build());
    }

    private static BsonValue document(Lesson lesson) {
        return new BsonDocument("id", new BsonString(lesson.id()))
                .append("title", new BsonString(lesson.title()))
                .append("videoSeconds", new BsonInt32(lesson.videoSeconds()))
                .append("required", BsonBoolean.valueOf(lesson.required()))
                .append(
                        "questionIds",
                        new BsonArray(lesson.questionIds().stream()
                                .map(BsonString::new)
                                .toList()));
    }
}
