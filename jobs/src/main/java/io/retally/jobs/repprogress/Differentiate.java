package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
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
                    String contactId = ((Interaction) DocumentCodec.fromBytes(collection, id, before)).contactId();
                    out.collect(new LedgerChange(contactId, collection, id, before, true));
                }
                if (now != null) {
                    String contactId = ((Interaction) DocumentCodec.fromBytes(collection, id, now)).contactId();
                    out.collect(new LedgerChange(contactId, collection, id, now, false));
                }
            }
            case ENROLLMENTS -> {
                String contactBefore = before == null ? null : contactOfEnrollment(id, before);
                String contactNow = now == null ? null : contactOfEnrollment(id, now);
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

    private static String contactOfEnrollment(String id, byte[] image) {
        return ((Enrollment) DocumentCodec.fromBytes(Collection.ENROLLMENTS, id, image)).contactId();
    }

    private static @Nullable Document document(Collection collection, String id, byte @Nullable [] image) {
        return image == null ? null : DocumentCodec.fromBytes(collection, id, image);
    }
}
