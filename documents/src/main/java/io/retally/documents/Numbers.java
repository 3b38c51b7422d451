package io.retally.documents;

import static io.retally.documents.Reason.OUT_OF_RANGE;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;

/** Numbers of extended JSON in any of BSON's number types, wider than those of the contract; see {@link ExtendedJson}. */
final class Numbers {
    private static final double TWO_TO_THE_63 = 0x1p63;
    private static final int DIGITS_OF_64_BITS = 19;

    private Numbers() {}

    /** A whole number of 64 bits: 80.0 is 80. */
    static long whole(JsonParser p) throws IOException, UnusableValue {
        Number number = number(p);
        if (number instanceof BigDecimal decimal) {
            return whole(decimal);
        }
        double value = number.doubleValue();
        if (number instanceof Double
                && (value != Math.rint(value) || value < -TWO_TO_THE_63 || value >= TWO_TO_THE_63)) {
            throw notWhole(number);
        }
        return number.longValue();
    }

    /** The finite double that is nearest. */
    static double nearest(JsonParser p) throws IOException, UnusableValue {
        Number number = number(p);
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new UnusableValue(OUT_OF_RANGE, number + " is not finite");
        }
        return value;
    }

    /** An Integer, a Long, a Double or a BigDecimal. */
    private static Number number(JsonParser p) throws IOException, UnusableValue {
        return switch (p.currentToken()) {
            case VALUE_NUMBER_INT -> ExtendedJson.int64(p);
            case VALUE_NUMBER_FLOAT -> p.getDoubleValue();
            case START_OBJECT -> wrapped(p);
            default -> throw ExtendedJson.wrongType(p, "a number");
        };
    }

    private static Number wrapped(JsonParser p) throws IOException, UnusableValue {
        String wrapper = p.nextFieldName();
        if (wrapper == null) {
            throw ExtendedJson.wrongType(p, "a number");
        }
        Number number = switch (wrapper) {
            case "$numberInt" -> ExtendedJson.int32(ExtendedJson.parseLong(ExtendedJson.operand(p)));
            case "$numberLong" -> ExtendedJson.parseLong(ExtendedJson.operand(p));
            case "$numberDouble" -> ExtendedJson.parseDouble(ExtendedJson.operand(p));
            case "$numberDecimal" -> decimal(ExtendedJson.operand(p));
            default -> throw ExtendedJson.wrongType(p, "a number");
        };
        ExtendedJson.endObject(p);
        return number;
    }

    private static BigDecimal decimal(String text) throws UnusableValue {
        BigDecimal decimal = ExtendedJson.decimal(text);
        if (decimal == null) {
            throw new UnusableValue(OUT_OF_RANGE, "\"" + text + "\" is no finite number");
        }
        return decimal;
    }

    private static long whole(BigDecimal number) throws UnusableValue {
        if (number.signum() == 0) {
            return 0;
        }
        // Before its digits are written out: an exponent may have four digits.
        if (number.precision() - (long) number.scale() > DIGITS_OF_64_BITS) {
            throw notWhole(number);
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > 0 || stripped.toBigInteger().bitLength() >= Long.SIZE) {
            throw notWhole(number);
        }
        return stripped.longValue();
    }

    private static UnusableValue notWhole(Number number) {
        return new UnusableValue(OUT_OF_RANGE, number + " is no whole number of 64 bits");
    }
}
