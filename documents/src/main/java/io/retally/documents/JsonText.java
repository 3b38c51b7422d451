package io.retally.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.Closeable;
import java.io.IOException;

/** JSON inside a character array that belongs to someone else, which must not change while this is open; not copied. */
final class JsonText implements Closeable {

    /** MongoDB stores at most 180 levels. A level costs some 60 bytes while a text is read, so this is a matter of memory. */
    static final int NESTING_MAX = 1_000_000;

    /** A document of 16 MB in canonical extended JSON is at most some 100 million characters (control characters, escaped). */
    static final int STRING_CHARS_MAX = 256_000_000;

    final JsonParser parser;
    private final char[] chars;

    JsonText(JsonFactory factory, char[] chars, int offset, int length) throws IOException {
        this.chars = chars;
        this.parser = factory.createParser(chars, offset, length);
    }

    /**
     * A factory for one thread. Numbers and names have no limit of their own, for an unknown field must not matter. Names
     * made to collide switch off the table of names instead of failing.
     */
    static JsonFactory newFactory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxStringLength(STRING_CHARS_MAX)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(STRING_CHARS_MAX)
                        .build())
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Why a text cannot be read, {@code otherwise} being the reason if it is not the limits. */
    static Rejection rejection(IOException e, Reason otherwise, String what) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return e instanceof StreamConstraintsException
                ? new Rejection(Reason.LIMIT_EXCEEDED, what + " is beyond the limits of the decoder: " + message)
                : new Rejection(otherwise, what + " is not JSON: " + message);
    }

    /** Goes to the end of the value that is being read, whose parent is {@code parent}: a no-op if it is there. */
    void finishValue(JsonStreamContext parent) throws IOException {
        while (parser.getParsingContext() != parent) {
            parser.nextToken();
        }
    }

    /**
     * The text of the object whose first field name is the current token; goes to its end. Throws if more than
     * {@code nestingMax} levels are in it.
     */
    String finishObject(int nestingMax) throws IOException, UnusableValue {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        while (chars[start] != '{') {
            start--;
        }
        int depth = 1;
        int depthMax = 1;
        while (depth > 0) {
            parser.nextToken();
            if (parser.currentToken().isStructStart()) {
                depth++;
                depthMax = Math.max(depth, depthMax);
            } else if (parser.currentToken().isStructEnd()) {
                depth--;
            }
        }
        if (depthMax > nestingMax) {
            throw new UnusableValue(
                    Reason.LIMIT_EXCEEDED, "an id of " + depthMax + " levels; at most " + nestingMax + " are read");
        }
        JsonLocation end = parser.currentLocation();
        return new String(chars, start, (int) end.getCharOffset() - start);
    }

    /** The text of the value whose first token is the current one, an element of an array; goes to its end. */
    String finishElement() throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return new String(chars, start, (int) parser.currentLocation().getCharOffset() - start);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
