package io.retally.devkit.load.oulad;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Times within a day, which the dataset does not have: between 7 and 23 o'clock in London, chosen by a hash, so the same
 * for the same click on every run and machine.
 */
final class DayTimes {

    static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** The milliseconds of the waking part of a day. */
    static final long WAKING_MILLIS = Duration.ofHours(16).toMillis();

    private static final LocalTime WAKES_AT = LocalTime.of(7, 0);

    private DayTimes() {}

    /** When the waking part of the day begins, in milliseconds since 1970 UTC. */
    static long wakingMillis(LocalDate date) {
        return date.atTime(WAKES_AT).atZone(LONDON).toInstant().toEpochMilli();
    }

    /** The milliseconds from {@link #wakingMillis} to a student's n-th click on a site on a day. */
    static long offsetMillis(int student, int site, int day, int number) {
        long hash = mix(mix(student) + site);
        hash = mix(hash + day);
        return Long.remainderUnsigned(mix(hash + number), WAKING_MILLIS);
    }

    /** The finalizer of SplitMix64 over the golden gamma's step. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
