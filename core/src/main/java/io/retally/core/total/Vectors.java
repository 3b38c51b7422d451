package io.retally.core.total;

/** Exact arithmetic on vectors of equal length. */
public final class Vectors {

    private Vectors() {}

    /** Adds {@code sign} times {@code addend} to {@code sum}; {@code sign} is 1 or -1. */
    public static void add(long[] sum, int sign, long[] addend) {
        for (int i = 0; i < addend.length; i++) {
            sum[i] = Math.addExact(sum[i], sign * addend[i]);
        }
    }

    public static boolean isZero(long[] vector) {
        for (long number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
