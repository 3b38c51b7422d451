package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.DocumentState;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.serving.Dimensions;
import io.retally.core.serving.Row;
import io.retally.jobs.metrics.DocumentMetrics;
import io.retally.jobs.postgres.StageRows;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns 'the document is now this, or gone' into what is retracted and what is added. Keyed by document; the only place
 * that remembers documents. A version equal to the one before says nothing new and passes nothing on.
 *
 * <p>The main output changes reps' ledgers; side outputs go to the world that all reps share, and to the dimensions.
 */
public final class Differentiate extends KeyedProcessFunction<String, DocumentChange, LedgerChange> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<WorldChange> WORLD = new OutputTag<>("world", WorldChange.TYPE);
    static final OutputTag<Row> ROWS = new OutputTag<>("dimension-rows", StageRows.ROW_TYPE);

    static final ValueStateDescriptor<byte[]> DOCUMENT =
            new ValueStateDescriptor<>("document", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    @SuppressWarnings("NullAway.Init") // set by open
    private transient ValueState<byte[]> documents;

    @SuppressWarnings("NullAway.Init") // set by open
    private transient DocumentMetrics metrics;

    @Override
    public void open(OpenContext context) {
        documents = getRuntimeContext().getState(DOCUMENT);
        metrics = DocumentMetrics.in(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(DocumentChange change, Context context, Collector<LedgerChange> out) throws Exception {
        DocumentState before = DocumentState.fromBytes(documents.value());
        DocumentState now = before.after(change.origin(), change.image());
        if (now.equals(before)) {
            metrics.repeatedChanges().inc();
            return;
        }
        byte[] bytes = now.toBytes();
        if (bytes == null) {
            documents.clear();
        } else {
            documents.update(bytes);
        }
        if (!Arrays.equals(before.image(), now.image())) {
            if (before.image() != null) {
                metrics.retractions().inc();
            }
            passOn(change, before.image(), now.image(), context, out);
        }
    }

    private static void passOn(
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
