package io.retally.documents;

import static io.retally.documents.Reason.OUT_OF_RANGE;
import static io.retally.documents.Reason.UNSERVABLE_TEXT;
import static io.retally.documents.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Values of extended JSON: canonical, relaxed, and the legacy forms. Each method expects the parser at the first token of
 * a value; it returns with the parser at the value's last token, or throws with the parser somewhere inside the value.
 */
final class ExtendedJson {
    /** A Decimal128 has at most 34 digits, a sign, a point and an exponent of four digits. */
    private static final int DECIMAL_CHARS_MAX = 64;

    private ExtendedJson() {}

    static String text(JsonParser p) throws IOException, UnusableValue {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(p, "a string");
        }
        return p.getText();
    }

    static boolean bool(JsonParser p) throws IOException, UnusableValue {
        return switch (p.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrongType(p, "true or false");
        };
    }

    /** A date in milliseconds since 1970 UTC. A plain number or string is none. */
    static long date(JsonParser p) throws IOException, UnusableValue {
        if (p.currentToken() != JsonToken.START_OBJECT || !"$date".equals(p.nextFieldName())) {
            throw wrongType(p, "a date");
        }
        long millis = switch (p.nextToken()) {
            case VALUE_NUMBER_INT -> int64(p);
            case VALUE_STRING -> Times.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
            case START_OBJECT -> {
                if (!"$numberLong".equals(p.nextFieldName())) {
                    throw wrongType(p, "$numberLong within $date");
                }
                long number = parseLong(operand(p));
                endObject(p);
                yield number;
            }
            default -> throw wrongType(p, "an integer, a string or $numberLong within $date");
        };
        endObject(p);
        return Times.checked(millis);
    }

    /** A whole number of 32 bits in any of BSON's number types: 80.0 is 80. */
    static int whole(JsonParser p) throws IOException, UnusableValue {
        return switch (p.currentToken()) {
            case VALUE_NUMBER_INT ->
                p.getNumberType() == NumberType.BIG_INTEGER ? tooLarge(p.getText()) : int32(p.getLongValue());
            case VALUE_NUMBER_FLOAT -> whole(p.getDoubleValue());
            case START_OBJECT -> {
                String wrapper = p.nextFieldName();
                if (wrapper == null) {
                    throw wrongType(p, "a whole number");
                }
                int number = switch (wrapper) {
                    case "$numberInt", "$numberLong" -> int32(parseLong(operand(p)));
                    case "$numberDouble" -> whole(parseDouble(operand(p)));
                    case "$numberDecimal" -> wholeDecimal(operand(p));
                    default -> throw wrongType(p, "a whole number");
                };
                endObject(p);
                yield number;
            }
            default -> throw wrongType(p, "a whole number");
        };
    }

    /** A plain integer of 64 bits. */
    static long int64(JsonParser p) throws IOException, UnusableValue {
        return p.getNumberType() == NumberType.BIG_INTEGER ? tooLarge(p.getText()) : p.getLongValue();
    }

    /** The string that a wrapper such as {@code {"$numberLong": "5"}} holds, after its field name. */
    static String operand(JsonParser p) throws IOException, UnusableValue {
        p.nextToken();
        return text(p);
    }

    static void endObject(JsonParser p) throws IOException, UnusableValue {
        if (p.nextToken() != JsonToken.END_OBJECT) {
            throw wrongType(p, "nothing else in a wrapper of extended JSON");
        }
    }

    static long parseLong(String number) throws UnusableValue {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new UnusableValue(WRONG_TYPE, "\"" + number + "\" is no integer of 64 bits");
        }
    }

    /** The text if it can be served: PostgreSQL has no U+0000, and UTF-8 no lone surrogates. */
    static String servable(String text) throws UnusableValue {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new UnusableValue(UNSERVABLE_TEXT, "U+0000 at character " + i + "; text must not hold it");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new UnusableValue(UNSERVABLE_TEXT, "a lone surrogate at character " + i);
                }
                i++;
            }
        }
        return text;
    }

    static UnusableValue wrongType(JsonParser p, String required) throws IOException {
        JsonToken token = p.currentToken();
        String found = token == null || !token.isScalarValue() ? String.valueOf(token) : clipped(p.getText());
        return new UnusableValue(WRONG_TYPE, required + " is required, but found " + found);
    }

    static double parseDouble(String number) throws UnusableValue {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new UnusableValue(WRONG_TYPE, "\"" + number + "\" is no number");
        }
    }

    static int int32(long number) throws UnusableValue {
        return (int) number == number ? (int) number : tooLarge(Long.toString(number));
    }

    private static int whole(double number) throws UnusableValue {
        return (int) number == number ? (int) number : tooLarge(Double.toString(number));
    }

    private static int wholeDecimal(String number) throws UnusableValue {
        BigDecimal decimal = decimal(number);
        if (decimal == null || decimal.precision() - (long) decimal.scale() > 10) {
            if (decimal != null && decimal.signum() == 0) {
                return 0;
            }
            return tooLarge(number);
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() > 0 ? tooLarge(number) : int32(stripped.longValueExact());
    }

    /** Null for what is no finite number. */
    static @Nullable BigDecimal decimal(String number) {
        try {
            return number.length() > DECIMAL_CHARS_MAX ? null : new BigDecimal(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static int tooLarge(String number) throws UnusableValue {
        throw new UnusableValue(OUT_OF_RANGE, clipped(number) + " is no whole number of 32 bits (a date: 64 bits)");
    }

    private static String clipped(String text) {
        return text.length() > 50 ? text.substring(0, 50) + '…' : text;
    }
}
