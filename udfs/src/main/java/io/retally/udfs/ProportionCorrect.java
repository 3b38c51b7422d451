package io.retally.udfs;

import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

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
public final class ProportionCorrect extends AggregateFunction<@Nullable Double, ProportionCorrect.Tally> {

    /** Sums; below zero while retractions came before their rows. */
    public static final class Tally {
        public long answers;
        public long correct;
    }

    @Override
    public Tally createAccumulator() {
        return new Tally();
    }

    public void accumulate(Tally tally, @Nullable Boolean correct) {
        add(tally, correct, 1);
    }

    public void retract(Tally tally, @Nullable Boolean correct) {
        add(tally, correct, -1);
    }

    public void merge(Tally tally, Iterable<Tally> others) {
        for (Tally other : others) {
            tally.answers = Math.addExact(tally.answers, other.answers);
            tally.correct = Math.addExact(tally.correct, other.correct);
        }
    }

    @Override
    public @Nullable Double getValue(Tally tally) {
        return tally.answers <= 0 ? null : (Double) (tally.correct / (double) tally.answers);
    }

    private static void add(Tally tally, @Nullable Boolean correct, long rows) {
        if (correct != null) {
            tally.answers = Math.addExact(tally.answers, rows);
            tally.correct = Math.addExact(tally.correct, correct ? rows : 0);
        }
    }
}
