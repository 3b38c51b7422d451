package io.retally.udfs;

import java.util.NavigableMap;

/** Whether the latest answer is correct: {@code latest_correct} of the contract's {@code rep_question}. */
@SqlFunction(
        name = "LATEST_ANSWER",
        arguments = {"correct BOOLEAN", "at TIMESTAMP_LTZ", "id STRING"},
        returns = "BOOLEAN",
        meaning = "Aggregate, retracts. Of the group's rows, each an answer, whether the latest is correct. Of answers "
                + "of one moment, the one whose `id` is the largest in the order of its UTF-8 bytes is the latest. "
                + "`question_stats.correct_latest` counts it, with the answers of a rep to a question as a group. All "
                + "answers of the group are kept in state, and each result reads them.",
        nulls = "A row with a NULL is no answer. NULL if no answer is left.",
        example = """
                SELECT LATEST_ANSWER(correct, TO_TIMESTAMP_LTZ(millis, 3), id)
                FROM (VALUES (FALSE, 1000, 'c'), (TRUE, 2000, 'b'), (FALSE, 2000, 'a')) AS t (correct, millis, id)""",
        result = "true")
public final class LatestAnswer extends OneAnswer {

    @Override
    Answer choose(NavigableMap<Answer, Long> answers) {
        return answers.lastKey();
    }
}
