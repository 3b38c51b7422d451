package io.retally.udfs;

import io.retally.documents.ExtendedJsonReader;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** The elements of an array in extended JSON. */
@SqlFunction(
        name = "EJSON_ELEMENTS",
        arguments = {"json STRING", "path STRING"},
        returns = "ROW<ordinal INT, item STRING>",
        meaning =
                "Table function. A row for each element of the array at the path: its place, from 1, and the element itself "
                        + "in extended JSON, which the other functions read with the empty path or one that begins in it.",
        nulls = "No row if either is NULL, if `json` is no JSON, or if the path leads to no array. No column is NULL.",
        example = """
                SELECT EJSON_ID(item, '') AS question, ordinal
                FROM LATERAL TABLE(EJSON_ELEMENTS('{"questionIds": [{"$oid": "65b2f0a1c3d4e5f601234567"}, "q2"]}', 'questionIds'))""",
        result = "q2, 2")
@FunctionHint(output = @DataTypeHint("ROW<ordinal INT NOT NULL, item STRING NOT NULL>"))
public final class EjsonElements extends TableFunction<Row> {

    private transient @Nullable ExtendedJsonReader reader;

    public void eval(@Nullable String json, @Nullable String path) {
        if (json == null || path == null) {
            return;
        }
        if (reader == null) {
            reader = new ExtendedJsonReader();
        }
        int ordinal = 0;
        for (String element : reader.elements(json, path)) {
            ordinal++;
            collect(Row.of(ordinal, element));
        }
    }
}
