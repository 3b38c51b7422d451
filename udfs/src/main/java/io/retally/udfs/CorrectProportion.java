package io.retally.udfs;

import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** How many of a group's rows are correct, as a proportion of all. Two sums, so that rows can be retracted in any order. */
public abstract class CorrectProportion extends AggregateFunction<@Nullable Double, CorrectProportion.Tally> {

    /** Sums; below zero while retractions came before their rows. */
    public static final class Tally {
        public long answers;
        public long correct;
    }

    CorrectProportion() {}

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
