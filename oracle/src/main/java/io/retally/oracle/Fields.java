package io.retally.oracle;

import io.retally.oracle.Verdict.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** The named fields of a document, each by the rule of its type. {@code path} names the document in a detail. */
record Fields(BsonDocument document, String path) {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    /** The field's value; null where it is absent or null. */
    private @Nullable BsonValue value(String name) {
        BsonValue value = document.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> T required(String name, @Nullable T value) throws RuleBroken {
        if (value == null) {
            throw new RuleBroken(Reason.MISSING_FIELD, path + name);
        }
        return value;
    }

    void requireId(String name) throws RuleBroken {
        BsonValue value = required(name, value(name));
        if (Ids.text(value) == null) {
            throw wrongType(name, value, "an id");
        }
    }

    String id(String name) throws RuleBroken {
        return required(name, optionalId(name));
    }

    @Nullable
    String optionalId(String name) throws RuleBroken {
        BsonValue value = value(name);
        return value == null ? null : id(name, value);
    }

    private String id(String name, BsonValue value) throws RuleBroken {
        String text = Ids.text(value);
        if (text == null) {
            throw wrongType(name, value, "an id");
        }
        return servable(name, text);
    }

    List<String> ids(String name) throws RuleBroken {
        BsonValue value = required(name, value(name));
        if (!value.isArray()) {
            throw wrongType(name, value, "an array of ids");
        }
        List<String> ids = new ArrayList<>();
        for (BsonValue element : value.asArray()) {
            ids.add(id(name + "[" + ids.size() + "]", element));
        }
        return ids;
    }

    List<Fields> documents(String name) throws RuleBroken {
        BsonValue value = required(name, value(name));
        if (!value.isArray()) {
            throw wrongType(name, value, "an array of documents");
        }
        List<Fields> documents = new ArrayList<>();
        for (BsonValue element : value.asArray()) {
            String elementName = name + "[" + documents.size() + "]";
            if (!element.isDocument()) {
                throw wrongType(elementName, element, "a document");
            }
            documents.add(new Fields(element.asDocument(), path + elementName + "."));
        }
        return documents;
    }

    /** A document that has none but these fields. */
    Fields closed(String name, Set<String> fields) throws RuleBroken {
        BsonValue value = required(name, value(name));
        if (!value.isDocument()) {
            throw wrongType(name, value, "a document");
        }
        for (String field : value.asDocument().keySet()) {
            if (!fields.contains(field)) {
                throw new RuleBroken(Reason.UNEXPECTED_FIELD, path + name + "." + field);
            }
        }
        return new Fields(value.asDocument(), path + name + ".");
    }

    String servedString(String name) throws RuleBroken {
        return servable(name, required(name, optionalString(name)));
    }

    @Nullable
    String optionalString(String name) throws RuleBroken {
        BsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrongType(name, value, "a string");
        }
        return value.asString().getValue();
    }

    boolean bool(String name) throws RuleBroken {
        return required(name, optionalBool(name));
    }

    @Nullable
    Boolean optionalBool(String name) throws RuleBroken {
        BsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, value, "a boolean");
        }
        return value.asBoolean().getValue();
    }

    Instant date(String name) throws RuleBroken {
        return required(name, optionalDate(name));
    }

    @Nullable
    Instant optionalDate(String name) throws RuleBroken {
        BsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isDateTime()) {
            throw wrongType(name, value, "a date");
        }
        Instant date = Instant.ofEpochMilli(value.asDateTime().getValue());
        if (date.isBefore(FIRST) || !date.isBefore(AFTER_LAST)) {
            throw new RuleBroken(Reason.OUT_OF_RANGE, path + name + " is " + date + ", not in the years 1 to 9999");
        }
        return date;
    }

    int whole(String name, int least, int most) throws RuleBroken {
        return required(name, optionalWhole(name, least, most));
    }

    @Nullable
    Integer optionalWhole(String name, int least, int most) throws RuleBroken {
        BsonValue value = value(name);
        if (value == null) {
            return null;
        }
        BigDecimal number = number(name, value);
        if (number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new RuleBroken(
                    Reason.OUT_OF_RANGE, path + name + " is no whole number from " + least + " to " + most);
        }
        return number.intValueExact();
    }

    private BigDecimal number(String name, BsonValue value) throws RuleBroken {
        BsonType type = value.getBsonType();
        if (type == BsonType.INT32 || type == BsonType.INT64) {
            return BigDecimal.valueOf(value.asNumber().longValue());
        }
        if (type == BsonType.DOUBLE && Double.isFinite(value.asDouble().getValue())) {
            return new BigDecimal(value.asDouble().getValue());
        }
        if (type == BsonType.DECIMAL128) {
            Decimal128 decimal = value.asDecimal128().getValue();
            if (decimal.isFinite()) {
                return new BigDecimal(decimal.toString()); // bigDecimalValue() refuses negative zero
            }
        }
        if (value.isNumber() || type == BsonType.DECIMAL128) {
            throw new RuleBroken(Reason.OUT_OF_RANGE, path + name + " is no finite number");
        }
        throw wrongType(name, value, "a number");
    }

    private String servable(String name, String text) throws RuleBroken {
        if (!ServableText.isServable(text)) {
            throw new RuleBroken(Reason.UNSERVABLE_TEXT, path + name + " holds U+0000 or a lone surrogate");
        }
        return text;
    }

    private RuleBroken wrongType(String name, BsonValue value, String expected) {
        return new RuleBroken(Reason.WRONG_TYPE, path + name + " is " + value.getBsonType() + ", not " + expected);
    }
}
