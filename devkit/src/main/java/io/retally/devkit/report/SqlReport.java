package io.retally.devkit.report;

import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.OwnJob;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The job `sql-report` in a JVM of its own, which also says what reports are and what is wrong with them. */
public final class SqlReport {
    private static final String MAIN = "io.retally.jobs.report.SqlReportJob";
    private static final String LINE = "sql-report";
    private static final char WRONG = '!';
    private static final String ENDING = ".sql";
    private static final String CATALOG = "catalog" + ENDING;

    private final Home home;
    private final Path log;

    /** @param log everything that the JVM writes */
    public SqlReport(Home home, Path log) {
        this.home = home;
        this.log = log;
    }

    /** The reports that are shipped, by name. */
    public static List<Path> shipped(Home home) throws IOException {
        try (Stream<Path> files = Files.list(folder(home))) {
            return files.filter(file -> file.toString().endsWith(ENDING) && !file.endsWith(CATALOG))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The file that a person at the command line means: a path, or the name of a report that is shipped.
     *
     * @throws StackException if there is none
     */
    public static Path file(Home home, String given) {
        Path shipped = folder(home).resolve(given.endsWith(ENDING) ? given : given + ENDING);
        return Stream.of(Path.of(given), shipped)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "there is no report " + given, "give a file, or one of those that `./retally sql list` names"));
    }

    private static Path folder(Home home) {
        return home.root().resolve("sql").resolve("flink");
    }

    /**
     * Runs a command to its end.
     *
     * @param arguments those of the job but for the catalogue: the command, options, files
     * @param said hears what it says
     * @return what is wrong with the files, each with its place; empty if nothing is
     * @throws StackException if it fails for another reason
     */
    public List<String> run(List<String> arguments, Map<String, String> environment, Consumer<String> said)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--catalog", folder(home).resolve(CATALOG).toString()));
        List<String> wrong = new ArrayList<>();
        try {
            new OwnJob(home, log).run(MAIN, all, environment, LINE, line -> {
                String text = line.substring(Math.min(2, line.length()));
                if (!line.isEmpty() && line.charAt(0) == WRONG) {
                    wrong.add(text);
                } else {
                    said.accept(text);
                }
            });
        } catch (StackException e) {
            if (wrong.isEmpty()) {
                throw e;
            }
        }
        return wrong;
    }
}
