package io.retally.jobs.repprogress;

import io.retally.core.document.DocumentState;
import io.retally.jobs.metrics.DocumentMetrics;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Turns 'the document is now this, or gone' into what is retracted and what is added. Keyed by document; the only place
 * that remembers documents. A version equal to the one before says nothing new and passes nothing on.
 *
 * @param <O> what a new version means to the job
 */
public abstract class DifferentiateDocuments<O> extends KeyedProcessFunction<String, DocumentChange, O> {

    private static final long serialVersionUID = 1L;

    static final ValueStateDescriptor<byte[]> DOCUMENT =
            new ValueStateDescriptor<>("document", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    @SuppressWarnings("NullAway.Init") // set by open
    private transient ValueState<byte[]> documents;

    @SuppressWarnings("NullAway.Init") // set by open
    private transient DocumentMetrics metrics;

    @Override
    public final void open(OpenContext context) {
        documents = getRuntimeContext().getState(DOCUMENT);
        metrics = DocumentMetrics.in(getRuntimeContext().getMetricGroup());
    }

    @Override
    public final void processElement(DocumentChange change, Context context, Collector<O> out) throws Exception {
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

    /** Passes on what changed: the images differ, and at most one of them is null, which is no document. */
    protected abstract void passOn(
            DocumentChange change, byte @Nullable [] before, byte @Nullable [] now, Context context, Collector<O> out);
}
