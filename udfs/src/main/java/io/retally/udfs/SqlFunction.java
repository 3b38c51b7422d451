package io.retally.udfs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an author of reports must know of a function. The page {@code docs/udfs.md} is written from it, and its example
 * is run through the planner by a test.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface SqlFunction {

    /** The name in SQL. */
    String name();

    /** The arguments with their types, {@code second INT}. */
    String[] arguments();

    /** The type of the result as Flink prints it, {@code DOUBLE}; of a table function {@code ROW<name TYPE, ...>}. */
    String returns();

    /** What the result is; for an aggregate, of which rows. */
    String meaning();

    /** What a NULL or an unusable argument gives. */
    String nulls();

    /** A whole query whose last row is the result. */
    String example();

    /** What the example gives: the last row, its columns with commas between them. */
    String result();
}
