package io.retally.core.total;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds up differences to the same row before they travel, so that a program of thousands of reps sends one difference
 * an epoch and not one a rep. What nets to zero is never sent.
 */
public final class DifferenceBuffer {

    private final Map<Target, long[]> sums = new HashMap<>();

    private record Target(String key, String accountId) {}

    /** Adds {@code sign} times {@code vector} to a row; {@code sign} is 1 or -1. */
    public void add(String key, String accountId, int sign, long[] vector) {
        long[] sum = sums.computeIfAbsent(new Target(key, accountId), target -> new long[vector.length]);
        Vectors.add(sum, sign, vector);
    }

    /** The number of rows that differences are kept for. */
    public int size() {
        return sums.size();
    }

    /** Hands out the sums that are not zero, and forgets all. */
    public void drainTo(Consumer<Difference> out) {
        sums.forEach((target, sum) -> {
            if (!Vectors.isZero(sum)) {
                out.accept(new Difference(target.key(), target.accountId(), sum));
            }
        });
        sums.clear();
    }
}
