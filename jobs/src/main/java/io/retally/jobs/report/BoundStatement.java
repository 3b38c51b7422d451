package io.retally.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A statement as the planner is given it: at its place in the file, with literals for variables. What the planner says of a
 * line and a column is thereby the file's, but for columns behind a literal, which {@link #place} sets right.
 */
final class BoundStatement {

    /** A literal on a line: where it begins there, where it ends, and by how much it is longer than its variable. */
    private record Literal(int line, int begin, int end, int longer) {}

    private final SqlText source;
    private final SqlText.Span span;
    private final String text;
    private final List<Literal> literals = new ArrayList<>();

    /** @param literal the SQL literal of a variable */
    BoundStatement(SqlText source, SqlText.Span span, UnaryOperator<String> literal) {
        this.source = source;
        this.span = span;
        SqlText.Place begin = source.place(span.begin());
        StringBuilder bound = new StringBuilder();
        bound.append("\n".repeat(begin.line() - 1)).append(" ".repeat(begin.column() - 1));
        int done = span.begin();
        for (SqlText.Variable variable : source.variables()) {
            SqlText.Span use = variable.span();
            if (use.begin() < span.begin() || use.end() > span.end()) {
                continue;
            }
            bound.append(source.of(new SqlText.Span(done, use.begin())));
            String value = literal.apply(variable.name());
            int column = bound.length() - bound.lastIndexOf("\n");
            literals.add(new Literal(
                    source.place(use.begin()).line(),
                    column,
                    column + value.length(),
                    value.length() - (use.end() - use.begin())));
            bound.append(value);
            done = use.end();
        }
        text = bound.append(source.of(new SqlText.Span(done, span.end()))).toString();
    }

    String text() {
        return text;
    }

    /** Where the statement begins in the file. */
    SqlText.Place begin() {
        return source.place(span.begin());
    }

    String file() {
        return source.file();
    }

    /** The place in the file of what the planner places at this line and column. */
    SqlText.Place place(int line, int column) {
        int longer = 0;
        for (Literal literal : literals) {
            if (literal.line == line && literal.end <= column) {
                longer += literal.longer;
            } else if (literal.line == line && literal.begin <= column) {
                return new SqlText.Place(line, literal.begin - longer);
            }
        }
        return new SqlText.Place(line, column - longer);
    }
}
