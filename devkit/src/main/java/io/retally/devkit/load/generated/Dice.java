package io.retally.devkit.load.generated;

import java.util.List;

/**
 * Random numbers of a seed, the same on every machine and Java version: SplitMix64 (Steele, Lea, Flood, 'Fast
 * splittable pseudorandom number generators', 2014), with StrictMath above it.
 */
final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** Dice of their own for a part of the whole, so that a change elsewhere leaves them as they are. */
    Dice(long seed, String part) {
        this(mix(seed) + part.hashCode() * GOLDEN_GAMMA);
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Between 0 and {@code bound}, the bound excluded. */
    int below(int bound) {
        return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
    }

    /** Between {@code low} and {@code high}, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Between 0 and 1, 1 excluded. */
    double unit() {
        return (nextLong() >>> 11) * UNIT;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Of a normal distribution of mean 0 and deviation 1 (Box and Muller). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
