package io.retally.devkit.load.generated;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The company's days: {@link #DAYS} whole ones that end at {@code now}, numbered from 0. */
record Calendar(Instant now) {

    static final int DAYS = 120;

    LocalDate date(int day) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - (long) day);
    }

    /** When a day begins by UTC: the order in which documents other than interactions change. */
    long utcMillis(int day) {
        return date(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /** How much of the work falls on a day: little on weekends, more as the company grows. */
    double weight(int day) {
        double growth = 0.5 + (double) day / DAYS;
        DayOfWeek weekday = date(day).getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY ? growth * 0.15 : growth;
    }

    /** How many of {@code total} have happened when a day is over. */
    long shareUntilEndOf(int day, long total) {
        double all = 0;
        double until = 0;
        for (int d = 0; d < DAYS; d++) {
            all += weight(d);
            if (d <= day) {
                until += weight(d);
            }
        }
        return day >= DAYS - 1 ? total : (long) (total * (until / all));
    }
}
