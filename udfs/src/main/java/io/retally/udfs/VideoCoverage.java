package io.retally.udfs;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * The proportion of a video that was watched. Every row can be retracted, in any order, also before it is accumulated: the
 * accumulator counts rows by value and keeps no best so far.
 */
@SqlFunction(
        name = "VIDEO_COVERAGE",
        arguments = {"segment INT", "segments_total INT"},
        returns = "DOUBLE",
        meaning =
                "Aggregate, retracts. Of the group's rows, each a step of the video that was watched beside the number "
                        + "of steps that the video has: how many different steps were watched, as a proportion from 0 to 1 of "
                        + "all. A step outside 0 to `segments_total` - 1 counts as not watched. If rows disagree about "
                        + "`segments_total`, the largest is the whole.",
        nulls =
                "A NULL `segment` was not watched, but its row tells of the video: a rep left-joined to nothing has 0. A "
                        + "row with a NULL `segments_total`, or one below 1, is ignored. NULL if no row is left.",
        example = """
                SELECT VIDEO_COVERAGE(segment, segments_total)
                FROM (VALUES (0, 8), (1, 8), (1, 8), (8, 8)) AS t (segment, segments_total)""",
        result = "0.25")
public final class VideoCoverage extends AggregateFunction<@Nullable Double, VideoCoverage.Watched> {

    /** Rows by what they say. Counts are never zero; a retraction that came first leaves a negative one. */
    public static final class Watched {
        /** How many rows say that the segment was watched. Kept in the state backend, segment by segment. */
        public MapView<Integer, Long> rowsBySegment = new MapView<>();
        /** How many rows say that the video has so many segments: one entry, but while a plan is edited. */
        @DataTypeHint("MAP<INT, BIGINT>")
        public Map<Integer, Long> rowsByTotal = new HashMap<>();
        /** The segments whose count is above zero. */
        public int segmentsWatched;
    }

    @Override
    public Watched createAccumulator() {
        return new Watched();
    }

    public void accumulate(Watched watched, @Nullable Integer segment, @Nullable Integer segmentsTotal)
            throws Exception {
        add(watched, segment, segmentsTotal, 1);
    }

    public void retract(Watched watched, @Nullable Integer segment, @Nullable Integer segmentsTotal) throws Exception {
        add(watched, segment, segmentsTotal, -1);
    }

    public void merge(Watched watched, Iterable<Watched> others) throws Exception {
        for (Watched other : others) {
            for (Map.Entry<Integer, Long> entry : other.rowsBySegment.entries()) {
                addSegment(watched, entry.getKey(), entry.getValue());
            }
            other.rowsByTotal.forEach((total, rows) -> addTotal(watched, total, rows));
        }
    }

    @Override
    public @Nullable Double getValue(Watched watched) {
        int whole = 0;
        for (Map.Entry<Integer, Long> entry : watched.rowsByTotal.entrySet()) {
            if (entry.getValue() > 0) {
                whole = Math.max(whole, entry.getKey());
            }
        }
        return whole == 0 ? null : (Double) (watched.segmentsWatched / (double) whole);
    }

    private static void add(Watched watched, @Nullable Integer segment, @Nullable Integer segmentsTotal, long rows)
            throws Exception {
        if (segmentsTotal == null || segmentsTotal < 1) {
            return;
        }
        addTotal(watched, segmentsTotal, rows);
        if (segment != null && segment >= 0 && segment < segmentsTotal) {
            addSegment(watched, segment, rows);
        }
    }

    private static void addTotal(Watched watched, int total, long rows) {
        watched.rowsByTotal.merge(total, rows, VideoCoverage::sumOrNone);
    }

    private static void addSegment(Watched watched, int segment, long rows) throws Exception {
        @Nullable Long known = watched.rowsBySegment.get(segment);
        long before = known == null ? 0 : known;
        long now = Math.addExact(before, rows);
        if (now == 0) {
            watched.rowsBySegment.remove(segment);
        } else {
            watched.rowsBySegment.put(segment, now);
        }
        watched.segmentsWatched += (now > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    @SuppressWarnings("NullAway") // Map.merge removes the key where the function gives null
    private static Long sumOrNone(Long left, Long right) {
        long sum = Math.addExact(left, right);
        return sum == 0 ? null : (Long) sum;
    }
}
