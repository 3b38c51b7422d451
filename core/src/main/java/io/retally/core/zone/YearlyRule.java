package io.retally.core.zone;

import io.retally.core.zone.TimeZone.Change;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two changes a year, for ever: the footer of a TZif file (RFC 9636, section 3.3.1), which is a POSIX {@code TZ} string with
 * times from -167 to 167 hours. Of the ways to name a day only {@code Mm.w.d} is known, as the tz database has no other.
 */
record YearlyRule(int standardOffset, int summerOffset, Begin summer, Begin standard) {

    /** A second of local time: a weekday's first to fourth (1 to 4) or last (5) in a month, and seconds after its midnight. */
    record Begin(Month month, int week, DayOfWeek weekday, int seconds) {

        long in(int year, int offsetBefore) {
            TemporalAdjuster day = week == 5
                    ? TemporalAdjusters.lastInMonth(weekday)
                    : TemporalAdjusters.dayOfWeekInMonth(week, weekday);
            return LocalDate.of(year, month, 1).with(day).toEpochDay() * 86_400L + seconds - offsetBefore;
        }
    }

    private static final String NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)";
    private static final String TIME = "([+-]?\\d{1,3}(?::\\d\\d){0,2})";
    private static final String DAY = ",M(\\d{1,2})\\.([1-5])\\.([0-6])(?:/" + TIME + ")?";
    private static final Pattern TZ =
            Pattern.compile(NAME + TIME + "(?<summer>" + NAME + "(?:" + TIME + ")?" + DAY + DAY + ")?");

    /** The rule of a {@code TZ} string; null if it names one offset for the whole year. */
    static @Nullable YearlyRule parse(String tz) {
        Matcher matcher = TZ.matcher(tz);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no TZ string of the form std offset dst,Mm.w.d/time,Mm.w.d/time: " + tz
                    + "; teach YearlyRule to read it");
        }
        if (matcher.group("summer") == null) {
            return null;
        }
        // POSIX counts offsets to the west.
        int standardOffset = -seconds(matcher.group(1), 0);
        return new YearlyRule(
                standardOffset,
                -seconds(matcher.group(3), -(standardOffset + 3600)),
                begin(matcher, 4),
                begin(matcher, 8));
    }

    private static Begin begin(Matcher matcher, int group) {
        int weekday = Integer.parseInt(matcher.group(group + 2));
        return new Begin(
                Month.of(Integer.parseInt(matcher.group(group))),
                Integer.parseInt(matcher.group(group + 1)),
                weekday == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(weekday),
                seconds(matcher.group(group + 3), 2 * 3600));
    }

    private static int seconds(@Nullable String time, int ifAbsent) {
        if (time == null) {
            return ifAbsent;
        }
        int seconds = 0;
        int unit = 3600;
        for (String part : time.split(":", -1)) {
            seconds += Math.abs(Integer.parseInt(part)) * unit;
            unit /= 60;
        }
        return time.startsWith("-") ? -seconds : seconds;
    }

    /** The changes of a year, ascending. */
    List<Change> changesIn(int year) {
        return Stream.of(
                        new Change(summer.in(year, standardOffset), summerOffset),
                        new Change(standard.in(year, summerOffset), standardOffset))
                .sorted(Comparator.comparingLong(Change::at))
                .toList();
    }

    static int yearOf(long second) {
        return Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).getYear();
    }
}
