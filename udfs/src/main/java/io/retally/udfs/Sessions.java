package io.retally.udfs;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/** The number of sessions that moments form. Rows can be retracted in any order; a result reads all values of the group. */
@SqlFunction(
        name = "SESSIONS",
        arguments = {"at TIMESTAMP_LTZ", "gap_minutes INT"},
        returns = "BIGINT",
        meaning =
                "Aggregate, retracts. How many sessions the group's moments form: a moment more than `gap_minutes` after "
                        + "the one before it begins a new session. `gap_minutes` is a literal. Keeps a count for each different "
                        + "moment: meant for the moments of one rep.",
        nulls = "A row with a NULL, or with a negative `gap_minutes`, is ignored. NULL if no row is left.",
        example = """
                SELECT SESSIONS(TO_TIMESTAMP_LTZ(seconds, 0), 30)
                FROM (VALUES (0), (1800), (3601), (3700)) AS t (seconds)""",
        result = "2")
public final class Sessions extends AggregateFunction<@Nullable Long, Sessions.Moments> {

    /** The group's rows by value; see {@link RowCounts}. */
    public static final class Moments {
        public MapView<Instant, Long> rows = new MapView<>();
        /** Of every row of the group; NULL before the first. */
        public @Nullable Integer gapMinutes;
    }

    @Override
    public Moments createAccumulator() {
        return new Moments();
    }

    public void accumulate(
            Moments group, @DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at, @Nullable Integer gapMinutes)
            throws Exception {
        add(group, at, gapMinutes, 1);
    }

    public void retract(
            Moments group, @DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at, @Nullable Integer gapMinutes)
            throws Exception {
        add(group, at, gapMinutes, -1);
    }

    public void merge(Moments group, Iterable<Moments> others) throws Exception {
        for (Moments other : others) {
            if (other.gapMinutes != null) {
                agree(group, other.gapMinutes);
            }
            RowCounts.addAll(group.rows, other.rows);
        }
    }

    @Override
    public @Nullable Long getValue(Moments group) {
        if (group.gapMinutes == null) {
            return null;
        }
        Duration gap = Duration.ofMinutes(group.gapMinutes);
        @Nullable Instant before = null;
        long sessions = 0;
        for (Instant at : RowCounts.present(group.rows).keySet()) {
            if (before == null || Duration.between(before, at).compareTo(gap) > 0) {
                sessions++;
            }
            before = at;
        }
        return sessions == 0 ? null : (Long) sessions;
    }

    private static void add(Moments group, @Nullable Instant at, @Nullable Integer gapMinutes, long rows)
            throws Exception {
        if (at != null && gapMinutes != null && gapMinutes >= 0) {
            agree(group, gapMinutes);
            RowCounts.add(group.rows, at, rows);
        }
    }

    private static void agree(Moments group, int gapMinutes) {
        if (group.gapMinutes != null && group.gapMinutes != gapMinutes) {
            throw new IllegalArgumentException("SESSIONS takes one gap_minutes for all rows of a group, here are "
                    + group.gapMinutes + " and " + gapMinutes + ": give a literal");
        }
        group.gapMinutes = gapMinutes;
    }
}
