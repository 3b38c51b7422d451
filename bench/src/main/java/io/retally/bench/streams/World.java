package io.retally.bench.streams;

import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Origin;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Accounts and programs as they are now, for every task. */
final class World extends ContextualProcessor<byte[], byte[], String, Change> {
    private final Collection collection;
    private final ChangeDecoder decoder = new ChangeDecoder();

    World(Collection collection) {
        this.collection = collection;
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        if (decoder.decode(collection, Origin.LIVE, message.key(), message.value()) instanceof Decoded.Change change) {
            Document document = change.document();
            byte[] image = document == null ? null : DocumentCodec.toBytes(document);
            context()
                    .forward(message.withKey(change.id())
                            .withValue(new Change(document == null, collection, change.id(), image)));
        }
    }
}
