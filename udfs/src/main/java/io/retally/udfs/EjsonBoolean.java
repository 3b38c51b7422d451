package io.retally.udfs;

import org.jspecify.annotations.Nullable;

/** A boolean in extended JSON. */
@SqlFunction(
        name = "EJSON_BOOLEAN",
        arguments = {"json STRING", "path STRING"},
        returns = "BOOLEAN",
        meaning = "The boolean at the path.",
        nulls = "NULL if either is NULL, if `json` is no JSON, or if the path leads to no boolean.",
        example = """
                SELECT EJSON_BOOLEAN('{"correct": true}', 'correct')""",
        result = "true")
public final class EjsonBoolean extends EjsonValue {

    public @Nullable Boolean eval(@Nullable String json, @Nullable String path) {
        return json == null || path == null ? null : reader().bool(json, path);
    }
}
