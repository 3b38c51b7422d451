package io.retally.bench.stack;

import io.retally.devkit.load.generated.Size;

/** How a generated company's reps are spread over programs. */
public enum Shape {
    /** A rep for each 500 interactions, a program for each 70 reps. */
    MANY_PROGRAMS {
        @Override
        Size size(long interactions) {
            return manyPrograms((int) Math.max(20, interactions / 500), interactions);
        }
    },
    /**
     * A program for each two million interactions, one at least and eight at most, each with an account of its own. It has
     * 7,500 reps; about 7,000 of them count at a time, as the others were removed or withdrawn.
     */
    LARGE_PROGRAMS {
        @Override
        Size size(long interactions) {
            int programs = (int) Math.max(1, Math.min(8, interactions / 2_000_000));
            return new Size(7_500 * programs, programs, interactions);
        }
    };

    abstract Size size(long interactions);

    /** A program for each 70 reps. */
    static Size manyPrograms(int reps, long interactions) {
        return new Size(reps, Math.max(2, reps / 70), interactions);
    }
}
