package io.retally.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contract's two files and the definition of assignments, byte for byte, and the statements in them. */
public final class ContractSql {
    private static final Pattern CREATE_VIEW = Pattern.compile("\\bcreate view contract\\.(\\w+) as\\b");

    /** Views that only help: those of 'Who counts', and rep_question. */
    private static final Set<String> NOT_SERVED = Set.of("membership", "lesson_plan", "counted", "rep_question");

    private ContractSql() {}

    /** A view of schema {@code contract}; {@code query} is what stands after {@code as}. */
    record View(String name, String query) {}

    /** The file {@code source.sql}: schema {@code source}. */
    public static String source() {
        return resource("source.sql");
    }

    /** The file {@code serving.sql}: schema {@code contract}. */
    public static String serving() {
        return resource("serving.sql");
    }

    /** The file {@code docs/contract-assignments.sql}: table {@code source.assignment_rule}, function {@code contract.assignment}. */
    public static String assignments() {
        return resource("contract-assignments.sql");
    }

    /** The names of the tables that are served, in the order of the file. */
    public static List<String> servedTables() {
        return views().stream()
                .map(View::name)
                .filter(name -> !NOT_SERVED.contains(name))
                .toList();
    }

    static List<View> views() {
        List<View> views = new ArrayList<>();
        for (String statement : statements(serving())) {
            Matcher create = CREATE_VIEW.matcher(statement);
            if (create.find()) {
                views.add(new View(create.group(1), statement.substring(create.end())));
            } else if (!statement.strip().endsWith("create schema contract")) {
                throw new IllegalStateException("serving.sql holds a statement that is no view: " + statement);
            }
        }
        return views;
    }

    /** Cuts at semicolons outside comments and quoted strings. */
    private static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (script.startsWith("--", i)) {
                i = script.indexOf('\n', i);
            } else if (c == '\'') {
                i = script.indexOf('\'', i + 1);
            } else if (c == ';') {
                statements.add(script.substring(start, i));
                start = i + 1;
            }
        }
        return statements;
    }

    private static String resource(String name) {
        try (InputStream file = ContractSql.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not on the class path beside " + ContractSql.class);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
