package io.retally.bench.stack;

import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.time.Instant;

/** The generated companies of benchmarks, the same for the same seed at every time. */
public final class Company {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Company() {}

    /** Of many programs. */
    public static GeneratedCompany of(long seed, long interactions) {
        return of(Shape.MANY_PROGRAMS, seed, interactions);
    }

    /** Of many programs and this many reps. */
    public static GeneratedCompany of(long seed, int reps, long interactions) {
        return of(seed, Shape.manyPrograms(reps, interactions));
    }

    public static GeneratedCompany of(Shape shape, long seed, long interactions) {
        return of(seed, shape.size(interactions));
    }

    /** Of any size. */
    public static GeneratedCompany of(long seed, Size size) {
        return new GeneratedCompany(seed, size, NOW);
    }
}
