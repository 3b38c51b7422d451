package io.retally.jobs.postgres;

import io.retally.core.serving.Column;
import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words of the publication's tests: rows to publish. */
final class TestingRows {

    private TestingRows() {}

    static Row team(String id, String name) {
        return Row.of(ServingTable.TEAM, id, "a", name, null);
    }

    static Row noTeam(String id) {
        return Row.deleted(ServingTable.TEAM, id);
    }

    /** A row whose key is always the same, and whose other columns all say which version it is. */
    static Row version(ServingTable table, int version) {
        List<Column> columns = table.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i).type(), i < table.keyColumns() ? 0 : version);
        }
        return Row.of(table, values);
    }

    private static Object value(Column.Type type, int version) {
        return switch (type) {
            case TEXT -> "v" + version;
            case BIGINT, TIMESTAMP -> (long) version;
            case INTEGER, DATE -> version;
            case BOOLEAN -> version % 2 == 1;
            case INTEGER_ARRAY -> new int[] {0, version};
        };
    }

    /** A rep in program {@code p}. */
    static Row rep(String contactId, long answers) {
        return Row.of(
                ServingTable.REP_PROGRAM,
                contactId,
                "p",
                "a",
                null,
                0L,
                null,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                answers,
                0L,
                0L,
                null,
                null,
                null);
    }

    /** Program {@code p}. */
    static Row summary(long reps, long answers) {
        return Row.of(ServingTable.PROGRAM_SUMMARY, "p", "a", reps, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, answers, 0L, 0L);
    }
}
