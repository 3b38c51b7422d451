package io.retally.documents;

import static io.retally.documents.Reason.OUT_OF_RANGE;
import static io.retally.documents.Reason.UNKNOWN_ACTION;
import static io.retally.documents.Reason.UNKNOWN_TIME_ZONE;
import static io.retally.documents.Reason.UNKNOWN_VERB;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.assignment.Action;
import io.retally.core.assignment.Condition;
import io.retally.core.document.Verb;
import io.retally.core.zone.TimeZones;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the value of one field is read into: {@code number} for numbers and dates, {@code value} for the rest. Reused. */
final class FieldSlot {
    private static final int VIDEO_SECONDS_MAX = 86_400;

    final Field field;
    boolean present;
    long number;

    @Nullable
    Object value;

    @Nullable
    Rejection problem;

    FieldSlot(Field field) {
        this.field = field;
    }

    void clear() {
        present = false;
        value = null;
        problem = null;
    }

    /** Reads the value at the parser's current token. A null is a missing field. */
    void read(JsonText json, NestedReader nested) throws IOException {
        clear();
        JsonParser p = json.parser;
        if (p.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        try {
            switch (field.kind()) {
                case OWN_ID -> Ids.read(json);
                case ID -> value = ExtendedJson.servable(Ids.read(json));
                case NAME -> value = ExtendedJson.servable(ExtendedJson.text(p));
                case TEXT -> value = ExtendedJson.text(p);
                case WHOLE -> number = ExtendedJson.whole(p);
                case PERCENT -> number = whole(p, 100);
                case VIDEO_SECONDS -> number = whole(p, VIDEO_SECONDS_MAX);
                case DATE -> number = ExtendedJson.date(p);
                case BOOLEAN -> value = ExtendedJson.bool(p);
                case VERB -> value = verb(ExtendedJson.text(p));
                case TIME_ZONE -> value = timeZone(ExtendedJson.text(p));
                case IDS -> value = ids(json);
                case LESSONS, CONDITION -> value = nested.read(json);
                case ACTION -> value = action(ExtendedJson.text(p));
                case COUNT -> number = whole(p, Integer.MAX_VALUE);
                case DAYS -> number = whole(p, Condition.MOST_DAYS);
            }
            present = true;
        } catch (UnusableValue e) {
            problem = e.rejection();
        }
    }

    private static int whole(JsonParser p, int max) throws IOException, UnusableValue {
        int number = ExtendedJson.whole(p);
        if (number < 0 || number > max) {
            throw new UnusableValue(OUT_OF_RANGE, number + " is outside 0 to " + max);
        }
        return number;
    }

    private static Verb verb(String name) throws UnusableValue {
        Verb verb = Verb.named(name);
        if (verb == null) {
            throw new UnusableValue(UNKNOWN_VERB, "\"" + name + "\" is no verb");
        }
        return verb;
    }

    private static Action action(String word) throws UnusableValue {
        Action action = Action.named(word);
        if (action == null) {
            throw new UnusableValue(UNKNOWN_ACTION, "\"" + word + "\" is no action; those are repeat, add and skip");
        }
        return action;
    }

    private static String timeZone(String name) throws UnusableValue {
        if (!TimeZones.isRegionName(name)) {
            throw new UnusableValue(
                    UNKNOWN_TIME_ZONE, "\"" + name + "\" is no region name of the tz database, as America/Chicago is");
        }
        return name;
    }

    private static List<String> ids(JsonText json) throws IOException, UnusableValue {
        JsonParser p = json.parser;
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw ExtendedJson.wrongType(p, "an array of ids");
        }
        List<String> ids = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            ids.add(ExtendedJson.servable(Ids.read(json)));
        }
        return ids;
    }
}
