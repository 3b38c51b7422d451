package io.retally.udfs;

import org.jspecify.annotations.Nullable;

/** A string in extended JSON. */
@SqlFunction(
        name = "EJSON_STRING",
        arguments = {"json STRING", "path STRING"},
        returns = "STRING",
        meaning = "The string at the path. U+0000 and lone surrogates, which PostgreSQL cannot hold, become U+FFFD.",
        nulls = "NULL if either is NULL, if `json` is no JSON, or if the path leads to no string.",
        example = """
                SELECT EJSON_STRING('{"lessons": [{"title": "Welcome"}]}', 'lessons.0.title')""",
        result = "Welcome")
public final class EjsonString extends EjsonValue {

    public @Nullable String eval(@Nullable String json, @Nullable String path) {
        return json == null || path == null ? null : reader().text(json, path);
    }
}
