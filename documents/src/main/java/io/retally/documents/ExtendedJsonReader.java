package io.retally.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.document.Collection;
import io.retally.core.document.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads values, and whole documents, out of texts in extended JSON by the rules that messages are read by. What is not there,
 * is null, or has another type is null, and so is everything in a text that is no JSON. For one thread.
 *
 * <p>A path is written as MongoDB has it: names of fields, and places in arrays from 0, with dots between them, such as {@code
 * lessons.0.title}. The empty path means the whole text. Of a repeated field the last counts.
 */
public final class ExtendedJsonReader {
    private static final String[] WHOLE = {};

    private final JsonFactory factory = JsonText.newFactory();
    private final DocumentReader documents = new DocumentReader();

    /** A string; what cannot be served of it is replaced, see {@link ServedText}. */
    public @Nullable String text(String json, String path) {
        String text = read(json, path, value -> ExtendedJson.text(value.parser));
        return text == null ? null : ServedText.of(text);
    }

    /** The text of an id, as the contract has it. */
    public @Nullable String id(String json, String path) {
        return read(json, path, value -> ExtendedJson.servable(Ids.read(value)));
    }

    public @Nullable Boolean bool(String json, String path) {
        return read(json, path, value -> ExtendedJson.bool(value.parser));
    }

    /** A whole number of 64 bits in any of BSON's number types: 80.0 is 80. */
    public @Nullable Long whole(String json, String path) {
        return read(json, path, value -> Numbers.whole(value.parser));
    }

    /** The finite double that is nearest to a number of any of BSON's number types. */
    public @Nullable Double number(String json, String path) {
        return read(json, path, value -> Numbers.nearest(value.parser));
    }

    /** A date, in milliseconds since 1970 UTC. */
    public @Nullable Long date(String json, String path) {
        return read(json, path, value -> ExtendedJson.date(value.parser));
    }

    /** The elements of an array, each as it is written in the text; none if there is no array. */
    public List<String> elements(String json, String path) {
        List<String> elements = read(json, path, ExtendedJsonReader::elements);
        return elements == null ? List.of() : elements;
    }

    /** The usable document that the text is; its {@code _id} says which. */
    public @Nullable Document document(Collection collection, String json) {
        String id = id(json, "_id");
        return id == null ? null : open(json, text -> documents.read(collection, id, text));
    }

    private interface Reading<T> {
        @Nullable
        T read(JsonText json) throws IOException, UnusableValue;
    }

    private static List<String> elements(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw ExtendedJson.wrongType(p, "an array");
        }
        List<String> elements = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            elements.add(json.finishElement());
        }
        return elements;
    }

    private <T> @Nullable T read(String json, String path, Reading<T> reading) {
        String[] steps = path.isEmpty() ? WHOLE : path.split("\\.", -1);
        return open(json, text -> {
            if (text.parser.nextToken() == null) {
                return null;
            }
            T value = find(text, steps, 0, reading);
            return text.parser.nextToken() == null ? value : null;
        });
    }

    private <T> @Nullable T open(String json, Reading<T> reading) {
        char[] chars = json.toCharArray();
        try (JsonText text = new JsonText(factory, chars, 0, chars.length)) {
            return reading.read(text);
        } catch (IOException | UnusableValue e) { // no JSON, or unusable
            return null;
        }
    }

    /** What stands at the end of the path, from the current value on; goes to that value's end. */
    private static <T> @Nullable T find(JsonText json, String[] steps, int step, Reading<T> reading)
            throws IOException {
        if (step == steps.length) {
            return readOrNull(json, reading);
        }
        JsonParser p = json.parser;
        T found = null;
        if (p.currentToken() == JsonToken.START_OBJECT) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                p.nextToken();
                if (name.equals(steps[step])) {
                    found = find(json, steps, step + 1, reading);
                } else {
                    p.skipChildren();
                }
            }
        } else if (p.currentToken() == JsonToken.START_ARRAY) {
            for (int place = 0; p.nextToken() != JsonToken.END_ARRAY; place++) {
                if (Integer.toString(place).equals(steps[step])) {
                    found = find(json, steps, step + 1, reading);
                } else {
                    p.skipChildren();
                }
            }
        }
        return found;
    }

    private static <T> @Nullable T readOrNull(JsonText json, Reading<T> reading) throws IOException {
        JsonParser p = json.parser;
        JsonStreamContext within = p.getParsingContext();
        JsonStreamContext parent = p.currentToken().isStructStart() ? within.getParent() : within;
        T value = null;
        if (p.currentToken() != JsonToken.VALUE_NULL) {
            try {
                value = reading.read(json);
            } catch (UnusableValue e) {
                // Of another type, which the caller did not ask for.
            }
        }
        json.finishValue(parent);
        return value;
    }
}
