package io.retally.jobs.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job's arguments: {@code COMMAND [--name value]... FILE...}. Everything that concerns the cluster is in Flink's
 * configuration.
 *
 * @param catalog {@code --catalog FILE}, which declares the tables
 * @param variables {@code --var NAME=VALUE}, any number of them
 * @param conf {@code --conf DIR}: run the job by a Flink that lives in this JVM, as this configuration says of jobs; null: by
 *     the cluster that main was submitted to
 * @param checkpoints {@code --checkpoints DIR}, with {@code --conf}
 * @param reader {@code --reader LOGIN}, with {@link Command#SHELL}: may read schema {@code serving}
 * @param files the reports; none for {@link Command#SHELL}
 */
public record SqlReportConfig(
        Command command,
        Path catalog,
        Map<String, String> variables,
        @Nullable Path conf,
        @Nullable Path checkpoints,
        @Nullable String reader,
        List<Path> files) {

    /** What is done with the files. */
    public enum Command {
        LIST,
        CHECK,
        EXPLAIN,
        RUN,
        /** Writes what a session of Flink's SQL client begins with. */
        SHELL
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static SqlReportConfig parse(String... arguments) {
        List<String> problems = new ArrayList<>();
        Command command = Command.CHECK;
        String first = arguments.length == 0 ? "" : arguments[0];
        try {
            command = Command.valueOf(first.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problems.add("'" + first + "' is none of the commands " + Arrays.toString(Command.values()));
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                files.add(Path.of(argument));
            } else if (!List.of("--catalog", "--var", "--conf", "--checkpoints", "--reader")
                    .contains(argument)) {
                problems.add("unknown argument " + argument);
            } else if (i + 1 == arguments.length) {
                problems.add(argument + " needs a value");
            } else if (argument.equals("--var")) {
                String[] variable = arguments[++i].split("=", 2);
                if (variable.length == 2) {
                    variables.put(variable[0], variable[1]);
                } else {
                    problems.add("--var takes NAME=VALUE, not " + arguments[i]);
                }
            } else {
                options.put(argument, arguments[++i]);
            }
        }
        if (!options.containsKey("--catalog")) {
            problems.add("--catalog is missing");
        }
        if (files.isEmpty() != (command == Command.SHELL)) {
            problems.add(files.isEmpty() ? "no file is given" : "a shell takes no file");
        }
        if (options.containsKey("--reader") != (command == Command.SHELL)) {
            problems.add("--reader goes with shell");
        }
        if (options.containsKey("--conf") != options.containsKey("--checkpoints")) {
            problems.add("--conf and --checkpoints go together");
        }
        if (command == Command.RUN && files.size() > 1) {
            problems.add("each report is a job of its own: give one file");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(ReportPlanner.JOB + ": " + String.join("; ", problems));
        }
        return new SqlReportConfig(
                command,
                Path.of(options.getOrDefault("--catalog", "")),
                variables,
                path(options.get("--conf")),
                path(options.get("--checkpoints")),
                options.get("--reader"),
                files);
    }

    private static @Nullable Path path(@Nullable String given) {
        return given == null ? null : Path.of(given);
    }
}
