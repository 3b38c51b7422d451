package io.retally.core.ledger;

import io.retally.core.codec.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often something happened at each moment: a multiset of times, in milliseconds since 1970 UTC, rising. Counts are
 * never zero; those of a difference may be negative. Under {@link #plus} timelines are an abelian group.
 */
final class Timeline {

    static final Timeline EMPTY = new Timeline(new long[0], new int[0]);

    private final long[] times;
    private final int[] counts;

    private Timeline(long[] times, int[] counts) {
        this.times = times;
        this.counts = counts;
    }

    static Timeline of(long time, int count) {
        return new Timeline(new long[] {time}, new int[] {count});
    }

    boolean isEmpty() {
        return times.length == 0;
    }

    /** The number of different times. */
    int size() {
        return times.length;
    }

    long time(int index) {
        return times[index];
    }

    int count(int index) {
        return counts[index];
    }

    long first() {
        return times[0];
    }

    long last() {
        return times[times.length - 1];
    }

    /** The sum of the counts. */
    long total() {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    Timeline plus(Timeline other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        long[] mergedTimes = new long[times.length + other.times.length];
        int[] mergedCounts = new int[mergedTimes.length];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < times.length || right < other.times.length) {
            boolean takeLeft =
                    right == other.times.length || (left < times.length && times[left] <= other.times[right]);
            boolean takeRight =
                    left == times.length || (right < other.times.length && other.times[right] <= times[left]);
            long time = takeLeft ? times[left] : other.times[right];
            int count = 0;
            if (takeLeft) {
                count = counts[left++];
            }
            if (takeRight) {
                count = Math.addExact(count, other.counts[right++]);
            }
            if (count != 0) {
                mergedTimes[size] = time;
                mergedCounts[size++] = count;
            }
        }
        return size == 0 ? EMPTY : new Timeline(Arrays.copyOf(mergedTimes, size), Arrays.copyOf(mergedCounts, size));
    }

    /** Size, then for each time its distance from the one before, whose lowest bit says whether a count other than 1 follows. */
    void write(DataOutput out) throws IOException {
        Binary.writeUnsigned(times.length, out);
        long before = 0;
        for (int i = 0; i < times.length; i++) {
            boolean single = counts[i] == 1;
            Binary.writeSigned((times[i] - before) << 1 | (single ? 0 : 1), out);
            if (!single) {
                Binary.writeSigned(counts[i], out);
            }
            before = times[i];
        }
    }

    static Timeline read(DataInput in) throws IOException {
        int size = Binary.readLength(in);
        if (size == 0) {
            return EMPTY;
        }
        long[] times = new long[size];
        int[] counts = new int[size];
        long before = 0;
        for (int i = 0; i < size; i++) {
            long step = Binary.readSigned(in);
            times[i] = before + (step >> 1);
            counts[i] = (step & 1) == 0 ? 1 : (int) Binary.readSigned(in);
            before = times[i];
        }
        return new Timeline(times, counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeline that && Arrays.equals(times, that.times) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(times) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(times) + "x" + Arrays.toString(counts);
    }
}
