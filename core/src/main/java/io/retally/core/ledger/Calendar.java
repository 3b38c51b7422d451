package io.retally.core.ledger;

import io.retally.core.zone.TimeZone;

/**
 * The local days of moments in one time zone. Asks the zone only when a moment lies outside the stretch of equal
 * offset that the one before lay in; a day itself is no such stretch, as clocks that are set back over midnight come to
 * a day twice.
 */
final class Calendar {

    private static final long SECONDS_OF_DAY = 86_400;

    private final TimeZone timeZone;
    private long from = 1;
    private long until = 0;
    private int offsetSeconds;

    Calendar(TimeZone timeZone) {
        this.timeZone = timeZone;
    }

    /**
     * The local day of a moment.
     *
     * @param at milliseconds since 1970 UTC
     * @return days since 1970-01-01, proleptic Gregorian
     */
    int dayOf(long at) {
        long second = Math.floorDiv(at, 1000L);
        if (second < from || second >= until) {
            offsetSeconds = timeZone.offsetSeconds(second);
            from = second;
            until = timeZone.nextChange(second);
        }
        return Math.toIntExact(Math.floorDiv(second + offsetSeconds, SECONDS_OF_DAY));
    }
}
