package io.retally.udfs;

import java.util.NavigableMap;

/** Whether the first answer is correct: {@code first_correct} of the contract's {@code rep_question}. */
@SqlFunction(
        name = "FIRST_ANSWER",
        arguments = {"correct BOOLEAN", "at TIMESTAMP_LTZ", "id STRING"},
        returns = "BOOLEAN",
        meaning =
                "Aggregate, retracts. Of the group's rows, each an answer, whether the earliest is correct. Of answers "
                        + "of one moment, the one whose `id` is the smallest in the order of its UTF-8 bytes is the earliest. "
                        + "`question_stats.correct_first` counts it, with the answers of a rep to a question as a group. All "
                        + "answers of the group are kept in state, and each result reads them.",
        nulls = "A row with a NULL is no answer. NULL if no answer is left.",
        example = """
                SELECT FIRST_ANSWER(correct, TO_TIMESTAMP_LTZ(millis, 3), id)
                FROM (VALUES (FALSE, 1000, 'b'), (TRUE, 1000, 'a'), (FALSE, 2000, 'c')) AS t (correct, millis, id)""",
        result = "true")
public final class FirstAnswer extends OneAnswer {

    @Override
    Answer choose(NavigableMap<Answer, Long> answers) {
        return answers.firstKey();
    }
}
