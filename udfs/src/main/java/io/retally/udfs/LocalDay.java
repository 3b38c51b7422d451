package io.retally.udfs;

import io.retally.core.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** The calendar day of a moment in a time zone: the day of {@code program_day} and {@code team_day}. */
@SqlFunction(
        name = "LOCAL_DAY",
        arguments = {"at TIMESTAMP_LTZ", "time_zone STRING"},
        returns = "DATE",
        meaning = "The calendar day of a moment as a clock on the wall in the time zone shows it; the day that "
                + "`program_day` and `team_day` count by. `time_zone` is a region name of the tz database, such as an "
                + "account's `America/Chicago`.",
        nulls = "NULL if either is NULL, or if `time_zone` is no region name (`UTC+3`, `+05:30`).",
        example = "SELECT LOCAL_DAY(TO_TIMESTAMP_LTZ(1700024400000, 3), 'America/Chicago')",
        result = "2023-11-14")
public final class LocalDay extends ScalarFunction {

    public @Nullable LocalDate eval(@DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at, @Nullable String timeZone) {
        return at == null || timeZone == null || !TimeZones.isRegionName(timeZone)
                ? null
                : LocalDate.ofInstant(
                        at, ZoneOffset.ofTotalSeconds(TimeZones.zone(timeZone).offsetSeconds(at.getEpochSecond())));
    }
}
