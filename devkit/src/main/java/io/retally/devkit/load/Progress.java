package io.retally.devkit.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a load is: a bar with count, rate and time left on a terminal, else a line every few seconds. */
interface Progress extends AutoCloseable {

    void step();

    @Override
    void close();

    @SuppressWarnings("SystemConsoleNull") // JDK 17: null without a terminal
    static Progress of(String what, long max, PrintWriter out) {
        return System.console() == null ? new Lines(what, max, out) : new Bar(what, max);
    }

    /** Redrawn by a thread of its own from a count. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(String what, long max) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(max)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .setUnit(" interactions", 1)
                    .showSpeed()
                    .setMaxRenderedLength(120)
                    .build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** For logs and pipes. */
    final class Lines implements Progress {
        private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
        private static final int CLOCK_EVERY = 64;

        private final String what;
        private final long max;
        private final PrintWriter out;
        private final long start = System.nanoTime();
        private long shown = start;
        private long done;

        Lines(String what, long max, PrintWriter out) {
            this.what = what;
            this.max = max;
            this.out = out;
        }

        @Override
        public void step() {
            done++;
            if (done % CLOCK_EVERY == 0 && System.nanoTime() - shown > INTERVAL_NANOS) {
                shown = System.nanoTime();
                double seconds = (shown - start) / 1e9;
                double rate = done / seconds;
                out.println(String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d interactions (%.0f%%), %,.0f/s, %,.0f s left",
                        what,
                        done,
                        max,
                        100.0 * done / max,
                        rate,
                        Math.max(0, max - done) / rate));
                out.flush();
            }
        }

        @Override
        public void close() {}
    }
}
