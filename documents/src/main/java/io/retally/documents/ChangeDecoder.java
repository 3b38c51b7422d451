package io.retally.documents;

import static io.retally.documents.Reason.EMPTY_VALUE;
import static io.retally.documents.Reason.UNREADABLE_KEY;

import com.fasterxml.jackson.core.JsonFactory;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.Origin;
import io.retally.documents.Decoded.Change;
import io.retally.documents.Decoded.NoChange;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages of the Debezium MongoDB connector, in one streaming pass. For one thread; keeps buffers, but nothing of
 * one message for the next.
 *
 * <p>Where the contract leaves a choice:
 * <ul>
 *   <li>Of a repeated field the last counts, in the message, its key and the document, as for MongoDB's driver.
 *   <li>An object is wrapped if it has a {@code payload} and no {@code op} of its own (a key: no {@code id}). Key and value
 *       are wrapped or not independently of each other.
 *   <li>A missing {@code after} is a null one: {@code c} and {@code r} are then unusable, {@code u} says that the document is gone.
 *   <li>A {@code d} is a deletion whatever its {@code after} holds.
 *   <li>A null value is a tombstone whatever its key. The four bytes {@code null}, and a wrapped null, are no null value
 *       but a message without a known {@code op}.
 *   <li>The key is an object whose {@code id} is a string of extended JSON; nothing else can be read.
 *   <li>Text is UTF-8, strictly; a byte order mark is allowed. JSON is strict too: no comments, no single quotes, no NaN.
 *   <li>A date in ISO form has a zone: Z or an offset; see {@link Times#parse}. A {@code $date} of a fractional number is none.
 *   <li>A wrapper of extended JSON holds its own fields and no others.
 *   <li>{@code $undefined} is a value of the wrong type, not a missing one.
 *   <li>A problem inside a field that the contract does not name does not matter, as long as the text is JSON.
 * </ul>
 */
public final class ChangeDecoder {
    private final JsonFactory factory = JsonText.newFactory();
    private final KeyReader keys = new KeyReader(factory);
    private final DocumentReader documents = new DocumentReader();
    private final EnvelopeReader<Document> envelopes = new EnvelopeReader<>(factory);
    private final Map<Collection, EnvelopeReader.AfterReader<Document>> readers = new EnumMap<>(Collection.class);

    public ChangeDecoder() {
        for (Collection collection : Collection.values()) {
            readers.put(collection, (id, json) -> documents.read(collection, id, json));
        }
    }

    /** What a message says of a document of {@code collection}. Throws nothing, whatever the bytes. */
    public Decoded decode(Collection collection, Origin origin, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return Decoded.NOTHING;
        }
        try {
            if (value.length == 0) {
                throw new UnusableValue(EMPTY_VALUE, "the value has no bytes; a tombstone is a null value");
            }
            String id = keys.read(key);
            EnvelopeReader.Envelope<Document> said =
                    envelopes.read(id, value, Objects.requireNonNull(readers.get(collection)));
            return new Change(collection, origin, id, said.after, said.sourceTsMillis, said.afterProblem);
        } catch (UnusableValue e) {
            return new NoChange(e.rejection());
        }
    }

    /**
     * What a snapshot's message would say of a document that the database holds. Throws nothing, whatever the text.
     *
     * @param id its {@code _id} in extended JSON
     * @param document all of it in extended JSON
     */
    public Decoded decodeStored(Collection collection, String id, String document) {
        try {
            return readStored(collection, keys.readId(id), document);
        } catch (UnusableValue e) {
            return new NoChange(e.rejection());
        } catch (IOException e) {
            return new NoChange(JsonText.rejection(e, UNREADABLE_KEY, "_id"));
        }
    }

    private Change readStored(Collection collection, String id, String document) throws IOException {
        char[] chars = document.toCharArray();
        try (JsonText json = new JsonText(factory, chars, 0, chars.length)) {
            Document usable = documents.read(collection, id, json);
            return new Change(collection, Origin.LIVE, id, usable, Decoded.NO_SOURCE_TIME, null);
        } catch (UnusableValue e) {
            return new Change(collection, Origin.LIVE, id, null, Decoded.NO_SOURCE_TIME, e.rejection());
        }
    }
}
