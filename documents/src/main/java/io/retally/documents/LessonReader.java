package io.retally.documents;

import static io.retally.documents.Field.required;
import static io.retally.documents.Reason.DUPLICATE_LESSON;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.document.Lesson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the lessons of a program. One unusable lesson makes its program unusable, and so do two of one id. */
final class LessonReader implements NestedReader {
    private final ObjectReader lesson = new ObjectReader(
            required("id", Field.Kind.ID),
            required("title", Field.Kind.NAME),
            required("videoSeconds", Field.Kind.VIDEO_SECONDS),
            required("required", Field.Kind.BOOLEAN),
            required("questionIds", Field.Kind.IDS));

    @Override
    public List<Lesson> read(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw ExtendedJson.wrongType(p, ": an array of lessons");
        }
        List<Lesson> lessons = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            String place = "[" + lessons.size() + "]";
            if (p.currentToken() != JsonToken.START_OBJECT) {
                throw ExtendedJson.wrongType(p, place + ": a lesson");
            }
            try {
                lesson.read(json, this);
            } catch (UnusableValue e) {
                throw new UnusableValue(e.rejection().inside(place));
            }
            Lesson read =
                    new Lesson(lesson.text(0), lesson.text(1), (int) lesson.number(2), lesson.bool(3), lesson.list(4));
            if (!ids.add(read.id())) {
                throw new UnusableValue(DUPLICATE_LESSON, place + ".id: \"" + read.id() + "\" is another lesson's id");
            }
            lessons.add(read);
        }
        return lessons;
    }
}
