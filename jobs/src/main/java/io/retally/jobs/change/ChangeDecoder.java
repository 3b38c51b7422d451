package io.retally.jobs.change;

import static io.retally.jobs.change.Reason.EMPTY_VALUE;
import static io.retally.jobs.change.Reason.NOT_JSON;
import static io.retally.jobs.change.Reason.NO_DOCUMENT;
import static io.retally.jobs.change.Reason.UNKNOWN_OP;
import static io.retally.jobs.change.Reason.UNREADABLE_KEY;
import static io.retally.jobs.change.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import io.retally.core.document.Origin;
import io.retally.jobs.change.Decoded.Change;
import io.retally.jobs.change.Decoded.NoChange;
import java.io.IOException;
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
    private final Envelope top = new Envelope();
    private final Envelope payload = new Envelope();

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
            return readEnvelope(collection, id, value).change(collection, origin, id);
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

    /** One level of the message, of which only what counts is kept. */
    private static final class Envelope {
        @Nullable
        String op;

        boolean hasOp;
        boolean hasPayload;
        boolean hasAfter;

        @Nullable
        Document after;

        @Nullable
        Rejection afterProblem;

        long sourceTsMillis;

        void clear() {
            op = null;
            hasOp = false;
            hasPayload = false;
            clearAfter();
            sourceTsMillis = Decoded.NO_SOURCE_TIME;
        }

        void clearAfter() {
            hasAfter = false;
            after = null;
            afterProblem = null;
        }

        Change change(Collection collection, Origin origin, String id) throws UnusableValue {
            if (op == null) {
                throw new UnusableValue(UNKNOWN_OP, "the message has no string 'op', so it is no change");
            }
            return switch (op) {
                case "d" -> new Change(collection, origin, id, null, sourceTsMillis, null);
                case "u" -> new Change(collection, origin, id, after, sourceTsMillis, afterProblem);
                case "r", "c" ->
                    new Change(collection, origin, id, after, sourceTsMillis, hasAfter ? afterProblem : noAfter(op));
                default -> throw new UnusableValue(UNKNOWN_OP, "op \"" + op + "\" is none of r, c, u, d");
            };
        }

        private static Rejection noAfter(String op) {
            return new Rejection(NO_DOCUMENT, "op \"" + op + "\" needs the document, but 'after' is missing or null");
        }
    }

    private Envelope readEnvelope(Collection collection, String id, byte[] value) throws UnusableValue {
        if (!Utf8.mayBeJson(value)) {
            throw new UnusableValue(NOT_JSON, "the value is no UTF-8");
        }
        top.clear();
        payload.clear();
        try (JsonParser p = factory.createParser(value)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                readFields(p, top, collection, id);
            } else {
                p.skipChildren();
            }
            if (p.currentToken() == null || p.nextToken() != null) {
                throw new UnusableValue(NOT_JSON, "the value is not one JSON value");
            }
        } catch (IOException e) {
            throw new UnusableValue(JsonText.rejection(e, NOT_JSON, "the value"));
        }
        return top.hasPayload && !top.hasOp ? payload : top;
    }

    private void readFields(JsonParser p, Envelope envelope, Collection collection, String id) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            JsonToken token = p.nextToken();
            switch (name) {
                case "after" -> readAfter(p, envelope, collection, id);
                case "op" -> {
                    envelope.hasOp = true;
                    envelope.op = token == JsonToken.VALUE_STRING ? p.getText() : null;
                    p.skipChildren();
                }
                case "source" -> {
                    envelope.sourceTsMillis = token == JsonToken.START_OBJECT ? readSource(p) : Decoded.NO_SOURCE_TIME;
                    p.skipChildren();
                }
                case "payload" -> {
                    if (envelope == top) {
                        top.hasPayload = true;
                        payload.clear();
                        if (token == JsonToken.START_OBJECT) {
                            readFields(p, payload, collection, id);
                            continue;
                        }
                    }
                    p.skipChildren();
                }
                default -> p.skipChildren();
            }
        }
    }

    private void readAfter(JsonParser p, Envelope envelope, Collection collection, String id) throws IOException {
        envelope.clearAfter();
        if (p.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        envelope.hasAfter = true;
        try {
            if (p.currentToken() != JsonToken.VALUE_STRING) {
                throw new UnusableValue(WRONG_TYPE, "'after' is no string but " + p.currentToken());
            }
            try (JsonText json = new JsonText(factory, p.getTextCharacters(), p.getTextOffset(), p.getTextLength())) {
                envelope.after = documents.read(collection, id, json);
            }
        } catch (UnusableValue e) {
            envelope.afterProblem = e.rejection();
        }
        p.skipChildren();
    }

    /** {@code ts_ms} of the object that starts at the current token, to its end. */
    private static long readSource(JsonParser p) throws IOException {
        long tsMillis = Decoded.NO_SOURCE_TIME;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            JsonToken token = p.nextToken();
            if (name.equals("ts_ms")) {
                boolean isLong =
                        token == JsonToken.VALUE_NUMBER_INT && p.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                tsMillis = isLong && Times.isInRange(p.getLongValue()) ? p.getLongValue() : Decoded.NO_SOURCE_TIME;
            }
            p.skipChildren();
        }
        return tsMillis;
    }
}
