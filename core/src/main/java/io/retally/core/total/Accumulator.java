package io.retally.core.total;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of totals over many reps: an abelian group under {@link #plus}. Beside the columns it keeps how many reps stand
 * behind the row, by account; the row exists while any does. Immutable.
 */
public record Accumulator(SortedMap<String, Long> repsByAccount, long[] vector) {

    /** The sum of nothing, of a row with this many numbers. */
    public static Accumulator zero(int length) {
        return new Accumulator(new TreeMap<>(), new long[length]);
    }

    public Accumulator plus(String accountId, long[] addend) {
        long[] sum = vector.clone();
        Vectors.add(sum, 1, addend);
        SortedMap<String, Long> reps = new TreeMap<>(repsByAccount);
        long count = Math.addExact(reps.getOrDefault(accountId, 0L), addend[0]);
        if (count == 0) {
            reps.remove(accountId);
        } else {
            reps.put(accountId, count);
        }
        return new Accumulator(reps, sum);
    }

    /** Whether nothing is left to remember. */
    public boolean isZero() {
        return repsByAccount.isEmpty() && Vectors.isZero(vector);
    }

    /** The row of a key, or its absence if no rep stands behind it. */
    public Row row(String key) {
        ServingTable table = TotalKey.table(key);
        Object[] keyValues = TotalKey.values(key);
        if (vector[0] == 0) {
            return Row.deleted(table, keyValues);
        }
        @Nullable Object[] values = Arrays.copyOf(keyValues, table.columns().size(), Object[].class);
        int next = keyValues.length;
        values[next++] = account();
        for (int i = 1; i < vector.length; i++) {
            values[next++] = vector[i];
        }
        return Row.of(table, values);
    }

    /** All reps behind a row are of its program's account, so that at a consistent cut there is one. */
    private String account() {
        return repsByAccount.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Accumulator that
                && repsByAccount.equals(that.repsByAccount)
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * repsByAccount.hashCode() + Arrays.hashCode(vector);
    }
}
