package io.retally.bench.result;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells what a benchmark is doing, a line each. */
public record Steps(PrintWriter out) {
    /** Tells a step; {@code line} is a format, as of {@link String#format}. */
    public void say(String line, Object... figures) {
        out.println("  " + String.format(Locale.ROOT, line, figures));
        out.flush();
    }
}
