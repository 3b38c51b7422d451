package io.retally.udfs;

import io.retally.core.zone.TimeZones;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** The hour of the day of a moment in a time zone, by the same rules as {@link LocalDay}. */
@SqlFunction(
        name = "LOCAL_HOUR",
        arguments = {"at TIMESTAMP_LTZ", "time_zone STRING"},
        returns = "INT",
        meaning =
                "The hour of the day, 0 to 23, of a moment as a clock on the wall in the time zone shows it. `time_zone` is "
                        + "a region name of the tz database, such as an account's `America/Chicago`.",
        nulls = "NULL if either is NULL, or if `time_zone` is no region name (`UTC+3`, `+05:30`).",
        example = "SELECT LOCAL_HOUR(TO_TIMESTAMP_LTZ(1700024400000, 3), 'America/Chicago')",
        result = "23")
public final class LocalHour extends ScalarFunction {

    public @Nullable Integer eval(@DataTypeHint("TIMESTAMP_LTZ(9)") @Nullable Instant at, @Nullable String timeZone) {
        return at == null || timeZone == null || !TimeZones.isRegionName(timeZone)
                ? null
                : (Integer) LocalTime.ofInstant(
                                at,
                                ZoneOffset.ofTotalSeconds(
                                        TimeZones.zone(timeZone).offsetSeconds(at.getEpochSecond())))
                        .getHour();
    }
}
