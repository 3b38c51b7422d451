package io.retally.jobs.report;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A variable of a report, declared in the head of its file, see {@link #FORM}.
 *
 * @param defaultValue as it may be given, not as a literal
 */
record Parameter(String name, Type type, String defaultValue, String description) {

    static final String FORM = "-- @param NAME TYPE DEFAULT 'what it is', TYPE being one of "
            + Arrays.stream(Type.values()).map(Type::name).collect(Collectors.joining(", "));

    private static final Pattern DECLARATION =
            Pattern.compile("@param\\s+([A-Za-z_]\\w*)\\s+(\\w+)\\s+('(?:[^']|'')*'|\\S+)\\s+'((?:[^']|'')*)'");

    /** How a value becomes a literal of SQL. A value is never put into a statement as it is. */
    enum Type {
        INT(value -> String.valueOf(Integer.parseInt(value))),
        BIGINT(value -> "CAST(" + Long.parseLong(value) + " AS BIGINT)"),
        DECIMAL(value -> new BigDecimal(value).toPlainString()),
        BOOLEAN(value -> {
            if (!List.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException();
            }
            return value.toUpperCase(Locale.ROOT);
        }),
        STRING(value -> "'" + value.replace("'", "''") + "'"),
        DATE(value -> "DATE '" + LocalDate.parse(value) + "'");

        private final UnaryOperator<String> literal;

        Type(UnaryOperator<String> literal) {
            this.literal = literal;
        }
    }

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException if it is none; the message says how one looks
     */
    static Parameter parse(String line) {
        Matcher declaration = DECLARATION.matcher(line);
        if (!declaration.matches()) {
            throw new IllegalArgumentException("this declares no variable");
        }
        Type type;
        try {
            type = Type.valueOf(declaration.group(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no type " + declaration.group(2) + " of variables", e);
        }
        Parameter parameter = new Parameter(
                declaration.group(1),
                type,
                unquoted(declaration.group(3)),
                declaration.group(4).replace("''", "'"));
        parameter.literal(parameter.defaultValue);
        return parameter;
    }

    private static String unquoted(String value) {
        return value.startsWith("'") ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    /**
     * The literal of SQL for a value.
     *
     * @throws IllegalArgumentException if the value is not of the type
     */
    String literal(String value) {
        try {
            return type.literal.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "variable " + name + " is of type " + type + ", which '" + value + "' is not", e);
        }
    }
}
