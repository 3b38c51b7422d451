package io.retally.documents;

import static io.retally.documents.Reason.OUT_OF_RANGE;
import static io.retally.documents.Reason.WRONG_TYPE;

import java.time.LocalDate;
import java.time.YearMonth;

/** Times in milliseconds since 1970 UTC, of the years 1 to 9999 UTC. */
final class Times {
    private static final long MIN = -62_135_596_800_000L;
    private static final long MAX = 253_402_300_799_999L;
    private static final int[] MILLIS_OF_DIGIT = {1000, 100, 10, 1};

    private Times() {}

    static boolean isInRange(long millis) {
        return millis >= MIN && millis <= MAX;
    }

    static long checked(long millis) throws UnusableValue {
        if (!isInRange(millis)) {
            throw new UnusableValue(OUT_OF_RANGE, millis + " ms since 1970 is outside the years 1 to 9999");
        }
        return millis;
    }

    /**
     * The time of an ISO 8601 text with a zone: {@code 2023-11-14T22:13:20.123Z}. Seconds may be missing; a fraction has 0
     * to 9 digits and is truncated to milliseconds; the zone is Z or an offset {@code +HH:MM}, {@code +HHMM} or {@code +HH} of
     * at most 18 hours; T and Z may be lower case.
     */
    static long parse(char[] text, int offset, int length) throws UnusableValue {
        int end = offset + length;
        if (length < 17) {
            throw notIso(text, offset, length);
        }
        int year = digits(text, offset, 4);
        int month = digits(text, offset + 5, 2);
        int day = digits(text, offset + 8, 2);
        int hour = digits(text, offset + 11, 2);
        int minute = digits(text, offset + 14, 2);
        int i = offset + 16;
        int second = 0;
        int millis = 0;
        if (text[i] == ':' && i + 3 < end) {
            second = digits(text, i + 1, 2);
            i += 3;
            if (text[i] == '.') {
                int digits = 0;
                while (i + 1 + digits < end && isDigit(text[i + 1 + digits])) {
                    digits++;
                }
                int kept = Math.min(digits, 3);
                millis = kept == 0 ? 0 : digits(text, i + 1, kept) * MILLIS_OF_DIGIT[kept];
                i += 1 + digits;
                if (digits > 9) {
                    throw notIso(text, offset, length);
                }
            }
        }
        int offsetMinutes = zone(text, i, end);
        boolean valid = (year | month | day | hour | minute | second) >= 0
                && text[offset + 4] == '-'
                && text[offset + 7] == '-'
                && (text[offset + 10] == 'T' || text[offset + 10] == 't')
                && text[offset + 13] == ':'
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour < 24
                && minute < 60
                && second < 60
                && offsetMinutes != Integer.MIN_VALUE;
        if (!valid) {
            throw notIso(text, offset, length);
        }
        long minutes = LocalDate.of(year, month, day).toEpochDay() * 1440 + hour * 60L + minute - offsetMinutes;
        return checked(minutes * 60_000 + second * 1000L + millis);
    }

    /** The offset in minutes that ends the text, or {@link Integer#MIN_VALUE}. */
    private static int zone(char[] text, int i, int end) {
        int length = end - i;
        if (length == 1 && (text[i] == 'Z' || text[i] == 'z')) {
            return 0;
        }
        if (!(length == 3 || length == 5 || (length == 6 && text[i + 3] == ':'))
                || (text[i] != '+' && text[i] != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, i + 1, 2);
        int minutes = length == 3 ? 0 : digits(text, end - 2, 2);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return Integer.MIN_VALUE;
        }
        return text[i] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    /** The number of so many ASCII digits, or -1. */
    private static int digits(char[] text, int offset, int count) {
        int number = 0;
        for (int i = offset; i < offset + count; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static UnusableValue notIso(char[] text, int offset, int length) {
        String shown = new String(text, offset, Math.min(length, 50));
        return new UnusableValue(
                WRONG_TYPE,
                "\"" + shown + "\" is no date; an ISO 8601 date, time and zone such as 2023-11-14T22:13:20Z is");
    }
}
