package io.retally.udfs;

import org.jspecify.annotations.Nullable;

/** An id in extended JSON, as the tables have it. */
@SqlFunction(
        name = "EJSON_ID",
        arguments = {"json STRING", "path STRING"},
        returns = "STRING",
        meaning =
                "The text of the id at the path, as the tables of documents have ids: an ObjectId's 24 hex digits, a string "
                        + "itself, an integer's decimal digits, a UUID's canonical text; of any other value its canonical extended JSON.",
        nulls =
                "NULL if either is NULL, if `json` is no JSON, or if the path leads to no id: an array, a regular expression, a "
                        + "string with U+0000 or a lone surrogate.",
        example = """
                SELECT EJSON_ID('{"contactId": {"$oid": "65B2F0A1C3D4E5F601234567"}}', 'contactId')""",
        result = "65b2f0a1c3d4e5f601234567")
public final class EjsonId extends EjsonValue {

    public @Nullable String eval(@Nullable String json, @Nullable String path) {
        return json == null || path == null ? null : reader().id(json, path);
    }
}
