package io.retally.udfs;

import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.types.Row;

/** The questions of a program's document. */
@SqlFunction(
        name = "QUESTIONS_OF_PROGRAM",
        arguments = "document STRING",
        returns = "ROW<program_id STRING, lesson_id STRING, lesson_ordinal INT, ordinal INT, question_id STRING>",
        meaning =
                "Table function. A row for each question of each lesson of a document of collection `programs`, given whole in "
                        + "extended JSON: the lesson's place in the program and the question's place in the lesson, both from 1. A "
                        + "question that a lesson lists twice has two rows, as it counts twice in `questions_total`.",
        nulls = "No row if the document is NULL, no JSON, or unusable by the contract. No column is NULL.",
        example = """
                SELECT *
                FROM LATERAL TABLE(QUESTIONS_OF_PROGRAM('{"_id": "p", "accountId": "a", "name": "Start", "kind": "course", "passPercent": 80, "lessons": [
                  {"id": {"$oid": "65b2f0a1c3d4e5f601234567"}, "title": "Welcome", "videoSeconds": 40,
                   "required": true, "questionIds": ["q1", "q2"]}]}'))""",
        result = "p, 65b2f0a1c3d4e5f601234567, 1, 2, q2")
@FunctionHint(
        output =
                @DataTypeHint("ROW<program_id STRING NOT NULL, lesson_id STRING NOT NULL, lesson_ordinal INT NOT NULL, "
                        + "ordinal INT NOT NULL, question_id STRING NOT NULL>"))
public final class QuestionsOfProgram extends PartsOfProgram {

    @Override
    void collectParts(Program program, Lesson lesson, int lessonOrdinal) {
        int ordinal = 0;
        for (String question : lesson.questionIds()) {
            ordinal++;
            collect(Row.of(program.id(), lesson.id(), lessonOrdinal, ordinal, question));
        }
    }
}
