package io.retally.jobs.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of SQL with its head: a comment that says what it is, and declares its variables.
 *
 * @param name the file's, without its ending
 * @param description the head without the declarations; its first paragraph says what question the report answers
 */
record ReportFile(String name, List<String> description, List<Parameter> parameters, SqlText sql) {

    /** Reads a file, which must be UTF-8. */
    static ReportFile read(Path file) throws IOException {
        String shown = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(shown);
        }
        return parse(shown, Files.readString(file));
    }

    /**
     * Reads a file's text.
     *
     * @param file its path, for problems
     * @throws ReportException with all that is wrong with it that can be told without a planner
     */
    static ReportFile parse(String file, String text) {
        SqlText sql = new SqlText(file, text);
        List<Problem> problems = new ArrayList<>();
        List<String> description = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        List<String> head = sql.head();
        for (int i = 0; i < head.size(); i++) {
            String line = head.get(i);
            if (!line.startsWith("@")) {
                description.add(line);
                continue;
            }
            try {
                Parameter parameter = Parameter.parse(line);
                if (parameters.stream().anyMatch(other -> other.name().equals(parameter.name()))) {
                    problems.add(new Problem(
                            file,
                            i + 1,
                            1,
                            "variable " + parameter.name() + " is declared twice",
                            "remove one of the two"));
                }
                parameters.add(parameter);
            } catch (IllegalArgumentException e) {
                problems.add(
                        new Problem(file, i + 1, 1, String.valueOf(e.getMessage()), "write it as " + Parameter.FORM));
            }
        }
        if (description.stream().allMatch(String::isEmpty)) {
            problems.add(new Problem(
                    file,
                    1,
                    1,
                    "the file does not say what it is",
                    "begin it with a comment, -- What question it answers"));
        }
        for (SqlText.Variable variable : sql.variables()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(variable.name()))) {
                problems.add(sql.problem(
                        variable.span().begin(),
                        "variable '" + variable.name() + "' is not declared",
                        "declare it in the comment at the head of the file: " + Parameter.FORM));
            }
        }
        if (!problems.isEmpty()) {
            throw new ReportException(problems);
        }
        return new ReportFile(nameOf(file), description, parameters, sql);
    }

    private static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.sql$", "");
    }

    /** The first paragraph of the description, in one line. */
    String question() {
        return String.join(
                " ", description.stream().takeWhile(line -> !line.isEmpty()).toList());
    }

    /**
     * The statements with literals for variables.
     *
     * @param given values by name; those that this file does not declare are not its business
     * @throws ReportException if a value is not of its variable's type
     */
    List<BoundStatement> bind(Map<String, String> given) {
        Map<String, String> literals = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Parameter parameter : parameters) {
            try {
                literals.put(
                        parameter.name(),
                        parameter.literal(given.getOrDefault(parameter.name(), parameter.defaultValue())));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        sql.file(),
                        1
                                + sql.head()
                                        .indexOf(sql.head().stream()
                                                .filter(line -> line.matches("@param\\s+" + parameter.name() + "\\s.*"))
                                                .findFirst()
                                                .orElse("")),
                        1,
                        String.valueOf(e.getMessage()),
                        "give another value: " + parameter.description()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ReportException(problems);
        }
        return sql.statements().stream()
                .map(span -> new BoundStatement(sql, span, name -> literals.getOrDefault(name, "")))
                .toList();
    }
}
