package io.retally.udfs;

import org.jspecify.annotations.Nullable;

/** A number in extended JSON. */
@SqlFunction(
        name = "EJSON_DOUBLE",
        arguments = {"json STRING", "path STRING"},
        returns = "DOUBLE",
        meaning = "The double that is nearest to the number at the path, of any of BSON's number types.",
        nulls =
                "NULL if either is NULL, if `json` is no JSON, or if the path leads to no number, or to none that is finite (`NaN`, "
                        + "`Infinity`).",
        example = """
                SELECT EJSON_DOUBLE('{"price": {"$numberDecimal": "9.90"}}', 'price')""",
        result = "9.9")
public final class EjsonDouble extends EjsonValue {

    public @Nullable Double eval(@Nullable String json, @Nullable String path) {
        return json == null || path == null ? null : reader().number(json, path);
    }
}
