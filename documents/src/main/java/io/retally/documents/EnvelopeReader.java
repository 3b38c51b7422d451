package io.retally.documents;

import static io.retally.documents.Reason.NOT_JSON;
import static io.retally.documents.Reason.NO_DOCUMENT;
import static io.retally.documents.Reason.UNKNOWN_OP;
import static io.retally.documents.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of messages of the Debezium MongoDB connector, in one streaming pass. For one thread; what it returns is
 * valid until the next message is read.
 *
 * @param <D> what a document is read as
 */
final class EnvelopeReader<D> {

    /** Reads a document of extended JSON that has not been touched yet; throws if it is unusable. */
    interface AfterReader<D> {
        D read(String id, JsonText json) throws UnusableValue;
    }

    private final JsonFactory factory;
    private final Envelope<D> top = new Envelope<>();
    private final Envelope<D> payload = new Envelope<>();

    EnvelopeReader(JsonFactory factory) {
        this.factory = factory;
    }

    /** One level of the message, of which only what counts is kept. */
    static final class Envelope<D> {
        private @Nullable String op;
        private boolean hasOp;
        private boolean hasPayload;
        private boolean hasAfter;

        /** The document as it is now; null if it is gone, or unusable. */
        @Nullable
        D after;

        /** Why it is unusable, if it is. */
        @Nullable
        Rejection afterProblem;

        /** {@code source.ts_ms}, or {@link Decoded#NO_SOURCE_TIME}. */
        long sourceTsMillis;

        private void clear() {
            op = null;
            hasOp = false;
            hasPayload = false;
            clearAfter();
            sourceTsMillis = Decoded.NO_SOURCE_TIME;
        }

        private void clearAfter() {
            hasAfter = false;
            after = null;
            afterProblem = null;
        }

        /** Lets the operation decide what {@code after} means; throws if the message is no change. */
        private Envelope<D> settled() throws UnusableValue {
            if (op == null) {
                throw new UnusableValue(UNKNOWN_OP, "the message has no string 'op', so it is no change");
            }
            switch (op) {
                case "d" -> clearAfter();
                case "u" -> {}
                case "r", "c" -> {
                    if (!hasAfter) {
                        afterProblem = new Rejection(
                                NO_DOCUMENT, "op \"" + op + "\" needs the document, but 'after' is missing or null");
                    }
                }
                default -> throw new UnusableValue(UNKNOWN_OP, "op \"" + op + "\" is none of r, c, u, d");
            }
            return this;
        }
    }

    /**
     * What the message says of its document; throws if it says nothing.
     *
     * @param id of the document, from the message's key
     */
    Envelope<D> read(String id, byte[] value, AfterReader<D> documents) throws UnusableValue {
        if (!Utf8.mayBeJson(value)) {
            throw new UnusableValue(NOT_JSON, "the value is no UTF-8");
        }
        top.clear();
        payload.clear();
        try (JsonParser p = factory.createParser(value)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                readFields(p, top, id, documents);
            } else {
                p.skipChildren();
            }
            if (p.currentToken() == null || p.nextToken() != null) {
                throw new UnusableValue(NOT_JSON, "the value is not one JSON value");
            }
        } catch (IOException e) {
            throw new UnusableValue(JsonText.rejection(e, NOT_JSON, "the value"));
        }
        return (top.hasPayload && !top.hasOp ? payload : top).settled();
    }

    private void readFields(JsonParser p, Envelope<D> envelope, String id, AfterReader<D> documents)
            throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            JsonToken token = p.nextToken();
            switch (name) {
                case "after" -> readAfter(p, envelope, id, documents);
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
                            readFields(p, payload, id, documents);
                            continue;
                        }
                    }
                    p.skipChildren();
                }
                default -> p.skipChildren();
            }
        }
    }

    private void readAfter(JsonParser p, Envelope<D> envelope, String id, AfterReader<D> documents) throws IOException {
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
                envelope.after = documents.read(id, json);
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
