package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.serving.Dimensions;
import io.retally.core.serving.Row;
import io.retally.jobs.postgres.StageRows;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What a document's new version means to the tables. The main output changes reps' ledgers; side outputs go to the world that all reps share, and to the dimensions.
 */
public final class Differentiate extends DifferentiateDocuments<LedgerChange> {

    private static final long serialVersionUID = 1L;

    /** Accounts and programs. */
    public static final OutputTag<WorldChange> WORLD = new OutputTag<>("world", WorldChange.TYPE);

    static final OutputTag<Row> ROWS = new OutputTag<>("dimension-rows", StageRows.ROW_TYPE);

    @Override
    protected void passOn(
            DocumentChange change,
            byte @Nullable [] before,
            byte @Nullable [] now,
            Context context,
            Collector<LedgerChange> out) {
        Collection collection = change.collection();
        String id = change.id();
        switch (collection) {
            case INTERACTIONS -> {
                if (before != null) {
                    out.collect(new LedgerChange(
                            DocumentCodec.contactId(collection, before), collection, id, before, true));
                }
                if (now != null) {
                    out.collect(new LedgerChange(DocumentCodec.contactId(collection, now), collection, id, now, false));
                }
            }
            case ENROLLMENTS -> {
                String contactBefore = before == null ? null : DocumentCodec.contactId(collection, before);
                String contactNow = now == null ? null : DocumentCodec.contactId(collection, now);
                if (contactBefore != null && !contactBefore.equals(contactNow)) {
                    out.collect(new LedgerChange(contactBefore, collection, id, null, false));
                }
                if (contactNow != null) {
                    out.collect(new LedgerChange(contactNow, collection, id, now, false));
                }
            }
            case CONTACTS -> out.collect(new LedgerChange(id, collection, id, now, false));
            case ACCOUNTS, PROGRAMS -> context.output(WORLD, new WorldChange(collection, id, now));
            case TEAMS -> {}
        }
        if (collection != Collection.INTERACTIONS && collection != Collection.ENROLLMENTS) {
            Dimensions.change(
                    document(collection, id, before), document(collection, id, now), row -> context.output(ROWS, row));
        }
    }

    private static @Nullable Document document(Collection collection, String id, byte @Nullable [] image) {
        return image == null ? null : DocumentCodec.fromBytes(collection, id, image);
    }
}
