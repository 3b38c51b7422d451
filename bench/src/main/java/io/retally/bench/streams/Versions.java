package io.retally.bench.streams;

import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Origin;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * By document: remembers the version that counts; a new one retracts it and is added. What is equal passes nothing on.
 * Results are keyed by contact.
 */
@SuppressWarnings("NullAway.Init") // set by init
final class Versions implements Processor<byte[], byte[], String, Change> {
    static final String STORE = "versions";

    private final Collection collection;
    private final ChangeDecoder decoder = new ChangeDecoder();
    private ProcessorContext<String, Change> context;
    private KeyValueStore<String, byte[]> versions;

    Versions(Collection collection) {
        this.collection = collection;
    }

    @Override
    public void init(ProcessorContext<String, Change> given) {
        context = given;
        versions = given.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        Decoded decoded = decoder.decode(collection, Origin.LIVE, message.key(), message.value());
        if (!(decoded instanceof Decoded.Change change)) {
            return;
        }
        String key = collection.ordinal() + "/" + change.id();
        byte[] before = versions.get(key);
        Document document = change.document();
        byte[] now = document == null ? null : DocumentCodec.toBytes(document);
        if (Arrays.equals(before, now)) {
            return;
        }
        versions.put(key, now);
        if (before != null) {
            Document old = DocumentCodec.fromBytes(collection, change.id(), before);
            context.forward(
                    message.withKey(contactOf(old)).withValue(new Change(true, collection, change.id(), before)));
        }
        if (document != null) {
            byte[] image = Objects.requireNonNull(now);
            context.forward(
                    message.withKey(contactOf(document)).withValue(new Change(false, collection, change.id(), image)));
        }
    }

    private static String contactOf(Document document) {
        if (document instanceof Interaction interaction) {
            return interaction.contactId();
        }
        return document instanceof Enrollment enrollment ? enrollment.contactId() : ((Contact) document).id();
    }
}
