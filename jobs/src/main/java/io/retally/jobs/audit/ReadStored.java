package io.retally.jobs.audit;

import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import io.retally.jobs.mongo.StoredDocument;
import io.retally.jobs.repprogress.DocumentChange;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Reads a document of MongoDB by the rules for the one in a message, to the same image. */
final class ReadStored extends RichFlatMapFunction<StoredDocument, Sighting> {
    private static final long serialVersionUID = 1L;

    /** The accumulator that counts the documents read. */
    static final String COUNT = "documents";

    private final LongCounter count = new LongCounter();

    @SuppressWarnings("NullAway.Init") // set by open
    private transient ChangeDecoder decoder;

    @Override
    public void open(OpenContext context) {
        decoder = new ChangeDecoder();
        getRuntimeContext().addAccumulator(COUNT, count);
    }

    @Override
    public void flatMap(StoredDocument stored, Collector<Sighting> out) {
        count.add(1);
        Decoded decoded = decoder.decodeStored(stored.collection(), stored.id(), stored.document());
        if (decoded instanceof Decoded.Change change) {
            DocumentChange now =
                    DocumentChange.of(change.collection(), change.id(), change.origin(), change.document());
            out.collect(new Sighting(now.key(), null, new Sighting.Stored(stored.id(), now.image())));
        }
    }
}
