package io.retally.bench.stack;

import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;

/** The generated companies of benchmarks, the same for the same seed at every time. */
public final class Company {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** Of the generated company of the command `load generated`. */
    private static final int INTERACTIONS_A_REP = 500;

    private static final int REPS_A_PROGRAM = 70;

    private Company() {}

    /** A rep for each 500 interactions, a program for each 70 reps. */
    public static GeneratedCompany of(long seed, long interactions) {
        return of(seed, (int) Math.max(20, interactions / INTERACTIONS_A_REP), interactions);
    }

    /** A program for each 70 reps. */
    public static GeneratedCompany of(long seed, int reps, long interactions) {
        return of(seed, new Size(reps, Math.max(2, reps / REPS_A_PROGRAM), interactions));
    }

    /** Of any size. */
    public static GeneratedCompany of(long seed, Size size) {
        return new GeneratedCompany(seed, size, NOW);
    }

    /** One company after the other, without end; of this seed the first, then of those that follow. */
    static Iterator<ChangeOfDocument> endless(long firstSeed, long interactions) {
        return new Iterator<>() {
            private long seed = firstSeed;
            private Iterator<ChangeOfDocument> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ChangeOfDocument next() {
                if (!current.hasNext()) {
                    current = of(seed++, interactions).iterator();
                }
                return current.next();
            }
        };
    }
}
