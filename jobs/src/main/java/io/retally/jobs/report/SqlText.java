package io.retally.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file of SQL statements, each ended by a semicolon. Strings, quoted identifiers and comments may hold
 * semicolons and what looks like a variable; only what stands outside of them has a meaning.
 *
 * <p>Flink's parser reads one statement at a time; this finds where each begins and ends, and leaves all else to it. Its
 * lexical rules: {@code '…'} with {@code ''} for a quote, identifiers in backticks alike, comments from {@code --} or {@code //}
 * to the end of the line, or between {@code /*} and the next {@code *}{@code /}.
 */
final class SqlText {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}\\s]*)\\}");

    /** From {@code begin} to before {@code end}, as offsets into the text. */
    record Span(int begin, int end) {}

    /**
     * A variable's use, {@code ${name}}.
     *
     * @param span of all of it
     */
    record Variable(String name, Span span) {}

    /** A place in the text, both from 1. */
    record Place(int line, int column) {}

    private final String file;
    private final String text;
    private final List<Span> statements = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Span> hints = new ArrayList<>();

    /**
     * Finds the statements.
     *
     * @param file its name, for problems
     * @throws ReportException if a string, identifier or comment is not ended
     */
    SqlText(String file, String text) {
        this.file = file;
        this.text = text;
        scan();
    }

    private void scan() {
        Matcher variable = VARIABLE.matcher(text);
        int begin = -1; // of the open statement
        int last = -1; // behind its last token
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end;
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line + 1;
                continue;
            } else if (text.startsWith("/*", at)) {
                end = endOf(at, 2, "*/", "comment", "end it with */");
                if (text.startsWith("/*+", at)) {
                    hints.add(new Span(at, end));
                }
                at = end;
                continue;
            } else if (c == ';') {
                if (begin >= 0) {
                    statements.add(new Span(begin, last));
                }
                begin = -1;
                at++;
                continue;
            } else if (c == '\'') {
                end = endOf(at, 1, "'", "string", "end it with ', and write '' for a quote within it");
            } else if (c == '`') {
                end = endOf(at, 1, "`", "quoted name", "end it with `");
            } else if (variable.region(at, text.length()).lookingAt()) {
                end = variable.end();
                variables.add(new Variable(variable.group(1), new Span(at, end)));
            } else {
                end = at + 1;
            }
            begin = begin < 0 ? at : begin;
            last = end;
            at = end;
        }
        if (begin >= 0) {
            statements.add(new Span(begin, last));
        }
    }

    /** A doubled quote ends one string and begins the next, which comes to the same. */
    private int endOf(int begin, int opening, String closing, String what, String nextStep) {
        int end = text.indexOf(closing, begin + opening);
        if (end < 0) {
            throw new ReportException(List.of(problem(begin, "this " + what + " is not ended", nextStep)));
        }
        return end + closing.length();
    }

    String file() {
        return file;
    }

    /** The statements, without the semicolons. */
    List<Span> statements() {
        return statements;
    }

    /** The uses of variables, in their order. */
    List<Variable> variables() {
        return variables;
    }

    /** The hints, {@code /*+ … *}{@code /}. */
    List<Span> hints() {
        return hints;
    }

    String of(Span span) {
        return text.substring(span.begin(), span.end());
    }

    /** The lines of the comment that the file begins with, without their dashes. */
    List<String> head() {
        return text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).strip())
                .toList();
    }

    Place place(int offset) {
        int line = 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
        return new Place(line, offset - text.lastIndexOf('\n', offset - 1));
    }

    Problem problem(int offset, String message, String nextStep) {
        Place place = place(offset);
        return new Problem(file, place.line(), place.column(), message, nextStep);
    }
}
