package io.retally.devkit.load.generated;

import io.retally.devkit.load.ChangeOfDocument;
import java.time.Instant;
import java.util.Iterator;

/**
 * A coaching company: companies whose reps train by short lessons on the phone. The same seed, size and {@code now} give
 * the same changes in the same order; memory holds the reps and a day's changes.
 *
 * <p>First comes what is there from the start (accounts, teams, programs, most contacts, the first enrolments), then 120
 * days in the order of arrival: enrolments, training, late interactions, corrected and deleted ones, reps removed,
 * restored and moved, programs edited. Some contacts arrive days after their first interactions.
 */
public final class GeneratedCompany implements Iterable<ChangeOfDocument> {

    private final long seed;
    private final Size size;
    private final Calendar calendar;

    /** @param now the end of the company's last day */
    public GeneratedCompany(long seed, Size size, Instant now) {
        this.seed = seed;
        this.size = size;
        this.calendar = new Calendar(now);
    }

    /** All changes; each call makes them anew. */
    @Override
    public Iterator<ChangeOfDocument> iterator() {
        return new CompanyDays(seed, size, new CompanyPlan(seed, size, calendar));
    }
}
