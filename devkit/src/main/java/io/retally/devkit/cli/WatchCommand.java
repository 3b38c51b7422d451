package io.retally.devkit.cli;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.watch.Violation;
import io.retally.devkit.watch.Watch;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `watch`: whether the reports ever contradict each other. */
@Command(
        name = "watch",
        description = {
            "Reads the published tables as a dashboard does, one repeatable-read snapshot after the other, and checks in each "
                    + "that no report contradicts another: totals equal the sums over their reps, a rep that is in one table "
                    + "is in all. Goes on until Ctrl-C, also while PostgreSQL is away. Exit code 1 when anything disagreed.",
            "",
            "Of a large company each snapshot is checked for one program, drawn at random."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  ./retally watch", "  ./retally watch --for 10m"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WatchCommand implements Callable<Integer> {
    /** Where no line can be written over, one in so long is enough. */
    private static final Duration WITHOUT_TERMINAL = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Option(names = "--for", paramLabel = "DURATION", description = "Stop by itself after so long, such as 10m.")
    private @Nullable Duration duration;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        StackDir stack = dir.dir();
        Endpoints.of(stack); // said before it begins to wait
        Instant begin = Instant.now();
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt;
        Watch.Figures figures;
        try (StepLine line = new StepLine(out)) {
            Watch watch = new Watch(() -> connect(stack), new Shown(line, out));
            onInterrupt = new Thread(() -> end(watch, ended), "end-watch");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            figures = watch.run(duration == null ? null : begin.plus(duration));
        }
        out.println(shown(figures) + ", after " + Durations.shown(Duration.between(begin, Instant.now())) + ".");
        figures.violations().forEach((claim, count) -> out.printf("  in %,d snapshots not: %s%n", count, claim));
        out.flush();
        ended.countDown();
        removed(onInterrupt);
        return figures.violations().isEmpty() ? 0 : 1;
    }

    /** Asked for anew each time: after `down` and `up` it is elsewhere. */
    private static Connection connect(StackDir stack) throws SQLException {
        return Endpoints.find(stack)
                .orElseThrow(() -> new SQLException("no stack is up in " + stack.root()))
                .postgresReader()
                .connect();
    }

    /** Ctrl-C is how a watch ends: it says what it has seen, and the exit code is its answer. */
    private static void end(Watch watch, CountDownLatch ended) {
        watch.stop();
        try {
            if (ended.await(10, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(watch.figures().violations().isEmpty() ? 0 : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is what ends this process.
        }
    }

    private static String shown(Watch.Figures figures) {
        return String.format(
                Locale.ROOT,
                "%,d snapshots, %,d epochs, %,d violations%s",
                figures.snapshots(),
                figures.epochs(),
                figures.violationCount(),
                figures.interruptions() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d interruptions", figures.interruptions()));
    }

    /** What is said while it goes on. */
    private static final class Shown implements Watch.Listener {
        private final StepLine line;
        private final PrintWriter out;
        private Instant last = Instant.EPOCH;

        Shown(StepLine line, PrintWriter out) {
            this.line = line;
            this.out = out;
        }

        @Override
        public void violation(long epoch, Violation violation) {
            line.close();
            out.printf(
                    Locale.ROOT,
                    "VIOLATION in epoch %d: not true that %s, in %,d rows%n  first: %s%n",
                    epoch,
                    violation.claim(),
                    violation.rows(),
                    violation.first());
            out.flush();
        }

        @Override
        public void round(Watch.Figures figures) {
            String text = figures.interrupted()
                    ? shown(figures) + "; waiting for PostgreSQL"
                    : String.format(
                            Locale.ROOT,
                            "%s; now epoch %d, read in %s",
                            shown(figures),
                            figures.epoch(),
                            Durations.shown(figures.took()));
            if (line.isLive()) {
                line.show(text);
            } else if (Duration.between(last, Instant.now()).compareTo(WITHOUT_TERMINAL) >= 0) {
                last = Instant.now();
                out.println(text);
                out.flush();
            }
        }

        @Override
        public void interruption(String reason) {
            line.close();
            out.println("Interrupted, trying again: " + reason);
            out.flush();
        }
    }
}
