package io.retally.core.ledger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The local days of moments in one time zone. Asks the zone's rules only when a moment lies outside the stretch of equal
 * offset that the one before lay in; a day itself is no such stretch, as clocks that are set back over midnight come to
 * a day twice.
 */
final class Calendar {

    private static final long SECONDS_OF_DAY = 86_400;

    private final ZoneRules rules;
    private long from = 1;
    private long until = 0;
    private int offsetSeconds;

    Calendar(ZoneId timeZone) {
        rules = timeZone.getRules();
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
            Instant instant = Instant.ofEpochSecond(second);
            offsetSeconds = rules.getOffset(instant).getTotalSeconds();
            from = second;
            until = secondOf(rules.nextTransition(instant));
        }
        return Math.toIntExact(Math.floorDiv(second + offsetSeconds, SECONDS_OF_DAY));
    }

    private static long secondOf(@Nullable ZoneOffsetTransition transition) {
        return transition == null ? Long.MAX_VALUE : transition.toEpochSecond();
    }
}
