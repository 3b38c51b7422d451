package io.retally.udfs;

/**
 * The facility of a question, classical test theory's item difficulty <i>p</i>: the proportion of those who answered it that are
 * correct. Its grain is the respondent, whatever the number of answers of each.
 */
@SqlFunction(
        name = "FACILITY",
        arguments = "correct BOOLEAN",
        returns = "DOUBLE",
        meaning =
                "Aggregate, retracts. Of the group's rows, each one rep's first (or latest) answer to the question: how "
                        + "many are correct, as a proportion from 0 (nobody could) to 1 (everybody could) of the reps who "
                        + "answered. Over `FIRST_ANSWER` by rep it is `correct_first` / `respondents` of `question_stats`, over "
                        + "`LATEST_ANSWER` `correct_latest` / `respondents`.",
        nulls = "A rep with a NULL has not answered. NULL if nobody has.",
        example = """
                SELECT FACILITY(correct)
                FROM (
                  SELECT FIRST_ANSWER(correct, TO_TIMESTAMP_LTZ(millis, 3), id) AS correct
                  FROM (VALUES ('ann', FALSE, 1000, 'a'), ('ann', TRUE, 2000, 'b'), ('bo', TRUE, 3000, 'c'))
                    AS t (rep, correct, millis, id)
                  GROUP BY rep)""",
        result = "0.5")
public final class Facility extends CorrectProportion {}
