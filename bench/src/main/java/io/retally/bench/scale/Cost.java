package io.retally.bench.scale;

import io.retally.devkit.stack.Part;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * CPU time that changes have taken.
 *
 * @param used by each part's processes; the task manager's without its just-in-time compiler
 * @param compiler what that has used
 */
record Cost(long changes, Map<Part, Duration> used, Duration compiler) {
    /** Microseconds a change, of all parts. */
    double micros() {
        return used.keySet().stream().mapToDouble(this::micros).sum();
    }

    /** Microseconds a change, of one part. */
    double micros(Part part) {
        return micros(used.getOrDefault(part, Duration.ZERO));
    }

    /** Microseconds a change, of the just-in-time compiler. */
    double compilerMicros() {
        return micros(compiler);
    }

    private double micros(Duration duration) {
        return duration.toNanos() / 1e3 / changes;
    }

    Cost plus(Cost other) {
        Map<Part, Duration> sums = new EnumMap<>(used);
        other.used.forEach((part, duration) -> sums.merge(part, duration, Duration::plus));
        return new Cost(changes + other.changes, sums, compiler.plus(other.compiler));
    }
}
