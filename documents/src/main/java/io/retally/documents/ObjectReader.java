package io.retally.documents;

import static io.retally.documents.Reason.MISSING_FIELD;
import static io.retally.documents.Reason.UNEXPECTED_FIELD;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.retally.core.assignment.Action;
import io.retally.core.assignment.Condition;
import io.retally.core.document.Verb;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the named fields of an object in any order and ignores the others. Of a repeated field the last one counts, as for
 * MongoDB's driver; of several problems the first in the order of the fields here is told.
 */
final class ObjectReader {
    private final boolean closed;
    private final FieldSlot[] slots;
    private final Map<String, FieldSlot> byName = new LinkedHashMap<>();

    ObjectReader(Field... fields) {
        this(false, fields);
    }

    /** A reader to which an object with any other field is unusable. */
    static ObjectReader closed(Field... fields) {
        return new ObjectReader(true, fields);
    }

    private ObjectReader(boolean closed, Field... fields) {
        this.closed = closed;
        slots = new FieldSlot[fields.length];
        for (int i = 0; i < fields.length; i++) {
            slots[i] = new FieldSlot(fields[i]);
            byName.put(fields[i].name(), slots[i]);
        }
    }

    /** Reads the object that starts at the parser's current token, to its end; throws if it is unusable. */
    void read(JsonText json, NestedReader nested) throws IOException, UnusableValue {
        for (FieldSlot slot : slots) {
            slot.clear();
        }
        String unexpected = null;
        JsonParser p = json.parser;
        JsonStreamContext object = p.getParsingContext();
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            FieldSlot slot = byName.get(name);
            if (slot != null) {
                slot.read(json, nested);
            } else if (closed) {
                unexpected = name;
            }
            json.finishValue(object);
        }
        for (FieldSlot slot : slots) {
            if (slot.problem != null) {
                throw new UnusableValue(new Rejection(
                        slot.problem.reason(), slot.field.name() + separator(slot) + slot.problem.detail()));
            }
            if (!slot.present && slot.field.required()) {
                throw new UnusableValue(MISSING_FIELD, slot.field.name() + ": required, but missing or null");
            }
        }
        if (unexpected != null) {
            throw new UnusableValue(UNEXPECTED_FIELD, unexpected + ": one of " + byName.keySet() + " was expected");
        }
    }

    /** A problem inside a nested value begins with its place there. */
    private static String separator(FieldSlot slot) {
        return switch (slot.field.kind()) {
            case LESSONS, CONDITION -> "";
            default -> ": ";
        };
    }

    String text(int field) {
        return (String) Objects.requireNonNull(slots[field].value);
    }

    @Nullable
    String textOrNull(int field) {
        return (String) slots[field].value;
    }

    long number(int field) {
        return slots[field].number;
    }

    @Nullable
    Long numberOrNull(int field) {
        return slots[field].present ? slots[field].number : null;
    }

    @Nullable
    Integer intOrNull(int field) {
        return slots[field].present ? (int) slots[field].number : null;
    }

    Verb verb(int field) {
        return (Verb) Objects.requireNonNull(slots[field].value);
    }

    Action action(int field) {
        return (Action) Objects.requireNonNull(slots[field].value);
    }

    Condition condition(int field) {
        return (Condition) Objects.requireNonNull(slots[field].value);
    }

    boolean bool(int field) {
        return (Boolean) Objects.requireNonNull(slots[field].value);
    }

    @Nullable
    Boolean boolOrNull(int field) {
        return (Boolean) slots[field].value;
    }

    @SuppressWarnings("unchecked") // What the field's kind puts there.
    <T> List<T> list(int field) {
        return (List<T>) Objects.requireNonNull(slots[field].value);
    }
}
