package io.retally.udfs;

import java.time.Instant;
import org.apache.flink.table.annotation.DataTypeHint;
import org.jspecify.annotations.Nullable;

/** A date in extended JSON. */
@SqlFunction(
        name = "EJSON_TIMESTAMP",
        arguments = {"json STRING", "path STRING"},
        returns = "TIMESTAMP_LTZ(3)",
        meaning = "The moment of the date at the path, in any of its forms: `{\"$date\": \"2023-11-14T22:13:20Z\"}`, "
                + "`{\"$date\": {\"$numberLong\": \"1700000000000\"}}`, `{\"$date\": 1700000000000}`.",
        nulls =
                "NULL if either is NULL, if `json` is no JSON, or if the path leads to no date of the years 1 to 9999; a plain "
                        + "string or number is none.",
        example = """
                SELECT EJSON_TIMESTAMP('{"at": {"$date": "2023-11-15T03:43:20+05:30"}}', 'at')""",
        result = "2023-11-14T22:13:20Z")
public final class EjsonTimestamp extends EjsonValue {

    @DataTypeHint("TIMESTAMP_LTZ(3)")
    public @Nullable Instant eval(@Nullable String json, @Nullable String path) {
        if (json == null || path == null) {
            return null;
        }
        Long millis = reader().date(json, path);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
