package io.retally.bench.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an engine is asked: a file of SQL for each question in a folder of the engine's, with parameters such as {@code :program},
 * and {@code {column}} and {@code {direction}} to sort by. A line {@code -- include NAME} stands for another file of the folder.
 */
final class Dialect {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");
    private static final Pattern INCLUDE = Pattern.compile("-- include (\\w+)");

    private final Map<Question, String> texts = new EnumMap<>(Question.class);

    private Dialect(String engine) {
        for (Question question : Question.values()) {
            texts.put(question, text(engine, question.label()));
        }
    }

    static Dialect of(String engine) {
        return new Dialect(engine);
    }

    /** A statement of JDBC, and the parameters that its question marks stand for. */
    record Prepared(String sql, List<String> parameters) {}

    Prepared prepared(Asking asking) {
        List<String> parameters = new ArrayList<>();
        String sql = PARAMETER.matcher(sorted(asking)).replaceAll(match -> {
            parameters.add(match.group(1));
            return "?";
        });
        return new Prepared(sql, parameters);
    }

    /** The statement with values in it. */
    String literal(Asking asking, String now, UnaryOperator<String> quoted) {
        return PARAMETER
                .matcher(sorted(asking))
                .replaceAll(match -> Matcher.quoteReplacement(quoted.apply(asking.value(match.group(1), now))));
    }

    private String sorted(Asking asking) {
        String text = texts.get(asking.question());
        if (text == null) {
            throw new IllegalStateException("there is no " + asking.question());
        }
        return text.replace("{column}", asking.column()).replace("{direction}", asking.direction());
    }

    /** The statements of a file. */
    static List<String> script(String engine, String name) {
        return List.of(text(engine, name).split(";\\s*\\n", 0));
    }

    /** Without comments. */
    private static String text(String engine, String name) {
        return resource(engine + "/" + name + ".sql")
                .lines()
                .map(line -> {
                    Matcher include = INCLUDE.matcher(line);
                    return include.matches() ? text(engine, include.group(1)) : line;
                })
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String resource(String name) {
        try (InputStream file = Dialect.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + name + " beside " + Dialect.class);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
