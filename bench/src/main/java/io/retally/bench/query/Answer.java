package io.retally.bench.query;

import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer in their order, as texts that are the same from whatever engine they come.
 *
 * @param rows their values by column
 */
record Answer(List<List<String>> rows) {
    private static final String NULL = "(null)";

    /** What kind of values a column has. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        TIME
    }

    /** The kinds of our own columns, which decide how any engine's values are read. */
    static List<Kind> kinds(ResultSetMetaData columns) throws SQLException {
        List<Kind> kinds = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            kinds.add(
                    switch (columns.getColumnType(column)) {
                        case Types.BIGINT, Types.INTEGER, Types.NUMERIC -> Kind.NUMBER;
                        case Types.BIT, Types.BOOLEAN -> Kind.FLAG;
                        case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIME;
                        case Types.VARCHAR -> Kind.TEXT;
                        default ->
                            throw new SQLException(columns.getColumnName(column) + " has a type that is not compared");
                    });
        }
        return kinds;
    }

    /** @param rows the values as the engine's client gives them: objects of JDBC, or texts */
    static Answer of(List<Kind> kinds, List<@Nullable Object[]> rows) {
        List<List<String>> texts = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            List<String> values = new ArrayList<>();
            for (int column = 0; column < row.length; column++) {
                values.add(column < kinds.size() ? text(kinds.get(column), row[column]) : "(one column too many)");
            }
            texts.add(values);
        }
        return new Answer(texts);
    }

    private static String text(Kind kind, @Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        String text = value.toString();
        return switch (kind) {
            case TEXT -> text;
            case NUMBER -> new BigDecimal(text).stripTrailingZeros().toPlainString();
            case FLAG -> Boolean.toString(text.equals("true") || text.equals("1"));
            case TIME -> instant(value).toString();
        };
    }

    /** Times without a zone are UTC's. */
    private static Instant instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Timestamp time) {
            return time.toInstant();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        return LocalDateTime.parse(value.toString().replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }

    /** In what another answer differs from this one, in a few words. */
    Optional<String> difference(Answer other) {
        if (rows.size() != other.rows.size()) {
            return Optional.of("%,d rows instead of %,d".formatted(other.rows.size(), rows.size()));
        }
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.get(row).equals(other.rows.get(row))) {
                return Optional.of("row %d is %s instead of %s".formatted(row + 1, other.rows.get(row), rows.get(row)));
            }
        }
        return Optional.empty();
    }
}
