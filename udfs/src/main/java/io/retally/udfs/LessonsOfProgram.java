package io.retally.udfs;

import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.types.Row;

/** The lessons of a program's document. */
@SqlFunction(
        name = "LESSONS_OF_PROGRAM",
        arguments = "document STRING",
        returns = "ROW<program_id STRING, id STRING, ordinal INT, title STRING, video_seconds INT, required BOOLEAN, "
                + "question_ids ARRAY<STRING>>",
        meaning =
                "Table function. A row for each lesson of a document of collection `programs`, given whole in extended JSON, with "
                        + "the columns of table `lesson`; `ordinal` is the lesson's place in the program, from 1.",
        nulls =
                "No row if the document is NULL, no JSON, or unusable by the contract: one unusable lesson makes the whole program "
                        + "so. No column is NULL.",
        example = """
                SELECT *
                FROM LATERAL TABLE(LESSONS_OF_PROGRAM('{"_id": "p", "accountId": "a", "name": "Start", "kind": "course", "passPercent": 80, "lessons": [
                  {"id": {"$oid": "65b2f0a1c3d4e5f601234567"}, "title": "Welcome", "videoSeconds": 40,
                   "required": true, "questionIds": ["q1", "q2"]}]}'))""",
        result = "p, 65b2f0a1c3d4e5f601234567, 1, Welcome, 40, true, [q1, q2]")
@FunctionHint(
        output =
                @DataTypeHint(
                        "ROW<program_id STRING NOT NULL, id STRING NOT NULL, ordinal INT NOT NULL, title STRING NOT NULL, "
                                + "video_seconds INT NOT NULL, required BOOLEAN NOT NULL, "
                                + "question_ids ARRAY<STRING NOT NULL> NOT NULL>"))
public final class LessonsOfProgram extends PartsOfProgram {

    @Override
    void collectParts(Program program, Lesson lesson, int ordinal) {
        collect(Row.of(
                program.id(),
                lesson.id(),
                ordinal,
                lesson.title(),
                lesson.videoSeconds(),
                lesson.required(),
                lesson.questionIds().toArray(String[]::new)));
    }
}
