package io.retally.udfs;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * How many rows have which value, in an accumulator. Counts are never zero; a retraction that came before its row leaves a
 * negative one, so that rows may come and go in any order.
 */
final class RowCounts {

    private RowCounts() {}

    static <V> void add(MapView<V, Long> counts, V value, long rows) throws Exception {
        @Nullable Long before = counts.get(value);
        long now = Math.addExact(before == null ? 0 : before, rows);
        if (now == 0) {
            counts.remove(value);
        } else {
            counts.put(value, now);
        }
    }

    static <V> void addAll(MapView<V, Long> counts, MapView<V, Long> others) throws Exception {
        for (Map.Entry<V, Long> entry : others.entries()) {
            add(counts, entry.getKey(), entry.getValue());
        }
    }

    /** The values that rows have now, rising, each with its count above zero. Reads all of the group's values. */
    static <V extends Comparable<V>> NavigableMap<V, Long> present(MapView<V, Long> counts) {
        NavigableMap<V, Long> present = new TreeMap<>();
        try {
            for (Map.Entry<V, Long> entry : counts.entries()) {
                if (entry.getValue() > 0) {
                    present.put(entry.getKey(), entry.getValue());
                }
            }
        } catch (Exception e) { // what the state backend throws; getValue cannot declare it
            throw new FlinkRuntimeException("The values of a group cannot be read from state", e);
        }
        return present;
    }
}
