package io.retally.udfs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * The discrimination index of a question: the proportion correct of the upper 27 % of its respondents by total score, minus
 * that of the lower 27 %. The groups are those of T. L. Kelley, 'The selection of upper and lower groups for the validation of
 * test items', Journal of Educational Psychology 30 (1939), 17-24, doi:10.1037/h0057123.
 *
 * <p>Kelley leaves ties open. Here those who tie at a group's border share its last places evenly, which is the mean over all
 * ways to order them. So the result hangs on the rows alone and not on their order or on an id, and state is two counts for each
 * different score. Rows can be retracted in any order; a result reads all scores of the group.
 */
@SqlFunction(
        name = "DISCRIMINATION_INDEX",
        arguments = {"correct BOOLEAN", "score BIGINT"},
        returns = "DOUBLE",
        meaning =
                "Aggregate, retracts. Of the group's rows, each one rep's first (or latest) answer to the question beside "
                        + "the rep's total score: the proportion correct of the upper 27 % by score minus that of the lower 27 % "
                        + "(Kelley 1939), from -1 to 1; near 0 or below, the question does not tell who is good. The size of either "
                        + "group is 27 % of the reps who answered, rounded half up. Reps who tie at a group's border share its "
                        + "last places evenly, as the mean over all ways to order them. Keeps two counts for each different score.",
        nulls = "A row with a NULL is ignored. NULL with fewer than 2 reps, for then nobody is in either group.",
        example = """
                SELECT DISCRIMINATION_INDEX(correct, score)
                FROM (VALUES (TRUE, CAST(9 AS BIGINT)), (TRUE, 8), (FALSE, 8), (FALSE, 5), (TRUE, 4), (FALSE, 2), (FALSE, 1))
                  AS t (correct, score)""",
        result = "0.75")
public final class DiscriminationIndex extends AggregateFunction<@Nullable Double, DiscriminationIndex.Respondents> {

    private static final int GROUP_PERCENT = 27;

    /** What one row says. */
    public record Respondent(long score, boolean correct) implements Comparable<Respondent> {

        private static final Comparator<Respondent> ORDER =
                Comparator.comparingLong(Respondent::score).thenComparing(Respondent::correct);

        @Override
        public int compareTo(Respondent other) {
            return ORDER.compare(this, other);
        }
    }

    /** The group's rows by value; see {@link RowCounts}. */
    public static final class Respondents {
        public MapView<Respondent, Long> rows = new MapView<>();
    }

    @Override
    public Respondents createAccumulator() {
        return new Respondents();
    }

    public void accumulate(Respondents group, @Nullable Boolean correct, @Nullable Long score) throws Exception {
        add(group, correct, score, 1);
    }

    public void retract(Respondents group, @Nullable Boolean correct, @Nullable Long score) throws Exception {
        add(group, correct, score, -1);
    }

    public void merge(Respondents group, Iterable<Respondents> others) throws Exception {
        for (Respondents other : others) {
            RowCounts.addAll(group.rows, other.rows);
        }
    }

    @Override
    public @Nullable Double getValue(Respondents group) {
        NavigableMap<Long, Tied> byScore = new TreeMap<>();
        long respondents = 0;
        for (Map.Entry<Respondent, Long> entry : RowCounts.present(group.rows).entrySet()) {
            Respondent respondent = entry.getKey();
            long rows = entry.getValue();
            respondents = Math.addExact(respondents, rows);
            byScore.merge(respondent.score(), new Tied(rows, respondent.correct() ? rows : 0), Tied::plus);
        }
        long places = (Math.multiplyExact(respondents, (long) GROUP_PERCENT) + 50) / 100;
        if (places == 0) {
            return null;
        }
        Fraction upper = correctAmong(byScore.descendingMap().values(), places);
        Fraction lower = correctAmong(byScore.values(), places);
        BigDecimal difference =
                upper.numerator.multiply(lower.denominator).subtract(lower.numerator.multiply(upper.denominator));
        return difference
                .divide(
                        upper.denominator.multiply(lower.denominator).multiply(BigDecimal.valueOf(places)),
                        MathContext.DECIMAL128)
                .doubleValue();
    }

    /** How many of the first places are correct, a fraction where ties share the last of them. */
    private static Fraction correctAmong(Collection<Tied> inOrder, long places) {
        long placesLeft = places;
        long correct = 0;
        for (Tied tied : inOrder) {
            if (tied.rows >= placesLeft) {
                BigDecimal denominator = BigDecimal.valueOf(tied.rows);
                BigDecimal shared = BigDecimal.valueOf(placesLeft).multiply(BigDecimal.valueOf(tied.correct));
                return new Fraction(
                        BigDecimal.valueOf(correct).multiply(denominator).add(shared), denominator);
            }
            placesLeft -= tied.rows;
            correct += tied.correct;
        }
        throw new IllegalArgumentException("only " + (places - placesLeft) + " rows for " + places + " places");
    }

    private static void add(Respondents group, @Nullable Boolean correct, @Nullable Long score, long rows)
            throws Exception {
        if (correct != null && score != null) {
            RowCounts.add(group.rows, new Respondent(score, correct), rows);
        }
    }

    /** Of the rows with one score how many there are, and how many are correct. */
    private record Tied(long rows, long correct) {
        Tied plus(Tied other) {
            return new Tied(rows + other.rows, correct + other.correct);
        }
    }

    private record Fraction(BigDecimal numerator, BigDecimal denominator) {}
}
