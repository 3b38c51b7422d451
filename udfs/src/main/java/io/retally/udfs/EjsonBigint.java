package io.retally.udfs;

import org.jspecify.annotations.Nullable;

/** A whole number in extended JSON. */
@SqlFunction(
        name = "EJSON_BIGINT",
        arguments = {"json STRING", "path STRING"},
        returns = "BIGINT",
        meaning = "The whole number at the path, of any of BSON's number types: `80.0` is 80.",
        nulls =
                "NULL if either is NULL, if `json` is no JSON, or if the path leads to no whole number of 64 bits (`80.5`).",
        example = """
                SELECT EJSON_BIGINT('{"views": {"$numberLong": "12884901888"}}', 'views')""",
        result = "12884901888")
public final class EjsonBigint extends EjsonValue {

    public @Nullable Long eval(@Nullable String json, @Nullable String path) {
        return json == null || path == null ? null : reader().whole(json, path);
    }
}
