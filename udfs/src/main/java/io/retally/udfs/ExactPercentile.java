package io.retally.udfs;

import java.util.Map;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The discrete percentile of whole numbers. Rows can be retracted in any order; a result reads all values of the group. */
@SqlFunction(
        name = "EXACT_PERCENTILE",
        arguments = {"number BIGINT", "percent INT"},
        returns = "BIGINT",
        meaning =
                "Aggregate, retracts. Of the group's numbers the least that has at least `percent` in a hundred of the "
                        + "group's rows at or below it: SQL's `PERCENTILE_DISC`, always one of the numbers. `percent` is 0 (the "
                        + "least number) to 100 (the greatest), and a literal; 50 is the median, of an even number of rows the "
                        + "lower of the two in the middle. Keeps a count for each different number.",
        nulls = "A row with a NULL, or with a `percent` outside 0 to 100, is ignored. NULL if no row is left.",
        example = """
                SELECT EXACT_PERCENTILE(number, 50)
                FROM (VALUES (CAST(7 AS BIGINT)), (1), (9), (1)) AS t (number)""",
        result = "1")
public final class ExactPercentile extends AggregateFunction<@Nullable Long, ExactPercentile.Numbers> {

    /** The group's rows by value; see {@link RowCounts}. */
    public static final class Numbers {
        public MapView<Long, Long> rows = new MapView<>();
        /** Of every row of the group; NULL before the first. */
        public @Nullable Integer percent;
    }

    @Override
    public Numbers createAccumulator() {
        return new Numbers();
    }

    public void accumulate(Numbers group, @Nullable Long number, @Nullable Integer percent) throws Exception {
        add(group, number, percent, 1);
    }

    public void retract(Numbers group, @Nullable Long number, @Nullable Integer percent) throws Exception {
        add(group, number, percent, -1);
    }

    public void merge(Numbers group, Iterable<Numbers> others) throws Exception {
        for (Numbers other : others) {
            if (other.percent != null) {
                agree(group, other.percent);
            }
            RowCounts.addAll(group.rows, other.rows);
        }
    }

    @Override
    public @Nullable Long getValue(Numbers group) {
        Map<Long, Long> rising = RowCounts.present(group.rows);
        if (group.percent == null) {
            return null;
        }
        long rows = rising.values().stream().reduce(0L, Math::addExact);
        long below = 0;
        for (Map.Entry<Long, Long> entry : rising.entrySet()) {
            below += entry.getValue();
            if (Math.multiplyExact(below, 100L) >= Math.multiplyExact(rows, (long) group.percent)) {
                return entry.getKey();
            }
        }
        return null;
    }

    private static void add(Numbers group, @Nullable Long number, @Nullable Integer percent, long rows)
            throws Exception {
        if (number != null && percent != null && percent >= 0 && percent <= 100) {
            agree(group, percent);
            RowCounts.add(group.rows, number, rows);
        }
    }

    private static void agree(Numbers group, int percent) {
        if (group.percent != null && group.percent != percent) {
            throw new IllegalArgumentException("EXACT_PERCENTILE takes one percent for all rows of a group, here are "
                    + group.percent + " and " + percent + ": give a literal");
        }
        group.percent = percent;
    }
}
