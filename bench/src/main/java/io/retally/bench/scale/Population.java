package io.retally.bench.scale;

import io.retally.bench.stack.Company;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.ChangeOfDocument.Op;
import io.retally.devkit.load.generated.Size;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

/**
 * Reps, as many at the first change as at the last: what is measured must not have more of them the later it is.
 *
 * @param seed of the first company; others have those that follow
 */
record Population(long seed, int reps) {
    /** Not all that is made arrives in time: some interactions come days late, and the last slice is to be like the others. */
    private static final double RESERVE = 0.02;

    /** One company, in which so many interactions are made, and some more. */
    Iterator<ChangeOfDocument> company(long interactions) {
        return Company.of(seed, reps, withReserve(interactions)).iterator();
    }

    /**
     * Companies with one program each, which all of its reps are in, side by side: a change of each in turns. No program is
     * edited.
     *
     * @param programReps reps of each program; as many programs as it takes for all reps
     * @param interactions of all companies together
     */
    Iterator<ChangeOfDocument> programs(int programReps, long interactions) {
        int programs = reps / programReps;
        long each = (withReserve(interactions) + programs - 1) / programs;
        return new InTurns(IntStream.range(0, programs)
                .mapToObj(i ->
                        Company.of(seed + i, new Size(programReps, 1, each)).iterator())
                .toList());
    }

    private static long withReserve(long interactions) {
        return interactions + (long) Math.ceil(interactions * RESERVE);
    }

    private static final class InTurns implements Iterator<ChangeOfDocument> {
        private final Queue<Iterator<ChangeOfDocument>> companies;

        InTurns(List<Iterator<ChangeOfDocument>> companies) {
            this.companies = new ArrayDeque<>(companies);
        }

        @Override
        public boolean hasNext() {
            return !companies.isEmpty();
        }

        @Override
        public ChangeOfDocument next() {
            ChangeOfDocument change;
            do {
                Iterator<ChangeOfDocument> company = companies.remove();
                change = company.next();
                if (company.hasNext()) {
                    companies.add(company);
                }
            } while (change.collection() == Collection.PROGRAMS && change.op() == Op.REPLACE);
            return change;
        }
    }
}
