package io.retally.jobs.report;

import io.retally.jobs.repprogress.DifferentiateDocuments;
import io.retally.jobs.repprogress.DocumentChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The changelog of a table of documents: inserts, updates with the row before and the row after, deletes. Since it is
 * complete, no operator of a query has to remember documents to find out what they were.
 */
final class RowsOfDocuments extends DifferentiateDocuments<RowData> {

    private static final long serialVersionUID = 1L;

    private final DocumentTable table;

    RowsOfDocuments(DocumentTable table) {
        this.table = table;
    }

    @Override
    protected void passOn(
            DocumentChange change,
            byte @Nullable [] before,
            byte @Nullable [] now,
            Context context,
            Collector<RowData> out) {
        Map<Object, GenericRowData> old = byId(change, before);
        byId(change, now).forEach((id, row) -> {
            GenericRowData replaced = old.remove(id);
            if (replaced == null) {
                emit(row, RowKind.INSERT, out);
            } else if (!replaced.equals(row)) {
                emit(replaced, RowKind.UPDATE_BEFORE, out);
                emit(row, RowKind.UPDATE_AFTER, out);
            }
        });
        old.values().forEach(row -> emit(row, RowKind.DELETE, out));
    }

    private Map<Object, GenericRowData> byId(DocumentChange change, byte @Nullable [] image) {
        int id = table.primaryKey().size() - 1; // the id is the last column of the key, and the key comes first
        Map<Object, GenericRowData> rows = new LinkedHashMap<>();
        table.rows(change.id(), image).forEach(row -> rows.put(row.getField(id), row));
        return rows;
    }

    private static void emit(GenericRowData row, RowKind kind, Collector<RowData> out) {
        row.setRowKind(kind);
        out.collect(row);
    }
}
