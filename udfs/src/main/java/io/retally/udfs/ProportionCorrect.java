package io.retally.udfs;

/** The proportion of answers that are correct. */
@SqlFunction(
        name = "PROPORTION_CORRECT",
        arguments = "correct BOOLEAN",
        returns = "DOUBLE",
        meaning =
                "Aggregate, retracts. Of the group's rows, each an answer: how many are correct, as a proportion from "
                        + "0 to 1 of all.",
        nulls = "A row with a NULL is no answer. NULL if no answer is left.",
        example = """
                SELECT PROPORTION_CORRECT(correct)
                FROM (VALUES (TRUE), (FALSE), (TRUE), (TRUE)) AS t (correct)""",
        result = "0.75")
public final class ProportionCorrect extends CorrectProportion {}
