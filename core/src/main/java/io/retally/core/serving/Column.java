package io.retally.core.serving;

import java.util.Arrays;

/** A column of a serving table. */
public record Column(String name, Type type) {

    /** The column's type in PostgreSQL, and what a {@link Row} holds for it. The order is part of the row format. */
    public enum Type {
        /** A String. */
        TEXT("text"),
        /** A Long. */
        BIGINT("bigint"),
        /** An Integer. */
        INTEGER("integer"),
        /** A Boolean. */
        BOOLEAN("boolean"),
        /** A Long: milliseconds since 1970 UTC. */
        TIMESTAMP("timestamptz"),
        /** An Integer: days since 1970-01-01, proleptic Gregorian. */
        DATE("date"),
        /** An int array without nulls. */
        INTEGER_ARRAY("integer[]");

        private final String sqlName;

        Type(String sqlName) {
            this.sqlName = sqlName;
        }

        /** The type's name in PostgreSQL. */
        public String sqlName() {
            return sqlName;
        }

        static Type ofSqlName(String sqlName) {
            return Arrays.stream(values())
                    .filter(type -> type.sqlName.equals(sqlName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no column type " + sqlName));
        }
    }
}
