package io.retally.bench.scale;

import java.util.List;

/**
 * What a change costs at each size of that which grows.
 *
 * @param points at least one, the smallest first
 */
record Curve(List<Point> points) {
    Curve {
        points = List.copyOf(points);
    }

    record Point(long size, Cost cost) {}

    Point first() {
        return points.get(0);
    }

    Point last() {
        return points.get(points.size() - 1);
    }

    /** What a change costs at the largest size, divided by what it costs at the smallest. */
    double ratio() {
        return ratio(last());
    }

    /** The same of that size at which it costs most. */
    double highestRatio() {
        return points.stream().mapToDouble(this::ratio).max().orElseThrow();
    }

    private double ratio(Point point) {
        return point.cost().micros() / first().cost().micros();
    }

    /** The points to show of a long curve: 1, 2, 5, 10, 20, 50 and so on times the smallest size; and the last. */
    List<Point> shown() {
        return points.stream()
                .filter(point -> point.equals(last()) || isRound(point.size(), first().size()))
                .toList();
    }

    private static boolean isRound(long size, long unit) {
        if (size % unit != 0) {
            return false;
        }
        long times = size / unit;
        while (times % 10 == 0) {
            times /= 10;
        }
        return times == 1 || times == 2 || times == 5;
    }
}
