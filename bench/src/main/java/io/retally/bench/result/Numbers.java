package io.retally.bench.result;

import java.util.Arrays;

/** Figures as results show them. */
public final class Numbers {
    private Numbers() {}

    /** The middle value, or the mean of the two in the middle; of at least one. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** To so many digits behind the point. */
    public static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
