package io.retally.bench.cpu;

import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** CPU time, user and system, that the processes of a stack have used since they began: Linux's {@code /proc/PID/stat}. */
public final class ProcessCpu {
    /** The parts that have to do with a change on its way from the topic to the table. */
    public static final List<Part> PARTS = List.of(Part.TASKMANAGER, Part.JOBMANAGER, Part.KAFKA, Part.POSTGRES);

    /** USER_HZ: 100 on every architecture that Linux has had for twenty years; see proc(5) and time(7). */
    private static final long MILLIS_A_TICK = 10;

    private ProcessCpu() {}

    public static Map<Part, Duration> now(StackDir dir) {
        Map<Part, Duration> used = new EnumMap<>(Part.class);
        StackDown processes = new StackDown(dir);
        for (Part part : PARTS) {
            Duration sum = Duration.ZERO;
            for (ProcessHandle process : processes.processesOf(part)) {
                sum = sum.plus(of(process.pid()));
            }
            used.put(part, sum);
        }
        return used;
    }

    public static Map<Part, Duration> between(Map<Part, Duration> begin, Map<Part, Duration> end) {
        Map<Part, Duration> used = new EnumMap<>(Part.class);
        end.forEach((part, value) -> used.put(part, value.minus(Objects.requireNonNull(begin.get(part)))));
        return used;
    }

    public static Duration of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            if (!Files.exists(Path.of("/proc/self/stat"))) {
                throw new StackException("this system has no /proc", "run benchmarks on Linux", e);
            }
            return Duration.ZERO; // it has ended just now, and its parent has its time
        }
    }

    /**
     * The CPU time of a process and of its children that have ended and were waited for. So the sum over a tree of processes
     * loses nothing when a backend of PostgreSQL ends.
     *
     * @param stat one line; proc(5), fields 14 to 17
     */
    static Duration parse(String stat) {
        // The second field is the name in parentheses, and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return Duration.ofMillis(ticks * MILLIS_A_TICK);
    }
}
