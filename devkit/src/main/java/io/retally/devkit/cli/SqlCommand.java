package io.retally.devkit.cli;

import io.retally.devkit.report.SqlReport;
import io.retally.devkit.report.SqlShell;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.ReporterLogin;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `sql`: reports in Flink SQL. */
@Command(
        name = "sql",
        description = {
            "Reports in Flink SQL over the current documents: one question a file, its answer a table of schema reporting "
                    + "that is kept equal to the query. docs/sql.md says how to write one.",
            "",
            "FILE is a file, or the name of a report in sql/flink."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally sql list",
            "  ./retally sql check my_report.sql",
            "  ./retally sql run cohort_retention --var second_n=14",
            "  ./retally sql shell"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SqlCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, check, explain, run or shell.");
    }

    @Command(
            name = "list",
            description = "The reports: which question each answers, and its variables.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin DirOption dir,
            @Parameters(paramLabel = "FILE", arity = "0..*", description = "Those of sql/flink if none is given.")
                    List<String> files)
            throws IOException, InterruptedException {
        Home home = Home.find();
        List<String> arguments = new ArrayList<>(List.of("list"));
        if (files == null || files.isEmpty()) {
            SqlReport.shipped(home).forEach(file -> arguments.add(file.toString()));
        } else {
            files.forEach(file -> arguments.add(SqlReport.file(home, file).toString()));
        }
        return end(report(home, dir).run(arguments, Map.of(), out()::println));
    }

    @Command(
            name = "check",
            description = "Plans reports without running them. Exit code 1 and file, line and column of what is wrong.",
            mixinStandardHelpOptions = true)
    int check(
            @Mixin DirOption dir,
            @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable's value.")
                    Map<String, String> variables,
            @Parameters(paramLabel = "FILE", arity = "1..*") List<String> files)
            throws IOException, InterruptedException {
        return planned("check", dir, variables, files);
    }

    @Command(
            name = "explain",
            description =
                    "Shows how Flink would run a report: its plan, with what kind of changes each operator passes on.",
            mixinStandardHelpOptions = true)
    int explain(
            @Mixin DirOption dir,
            @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable's value.")
                    Map<String, String> variables,
            @Parameters(paramLabel = "FILE") String file)
            throws IOException, InterruptedException {
        return planned("explain", dir, variables, List.of(file));
    }

    @Command(
            name = "run",
            description = {
                "Runs a report beside the stack, as a job and a process of its own, until Ctrl-C. It reads the topics from "
                        + "their beginning, and its first epoch replaces what an earlier run left.",
            },
            mixinStandardHelpOptions = true)
    int run(
            @Mixin DirOption dir,
            @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable's value.")
                    Map<String, String> variables,
            @Parameters(paramLabel = "FILE") String file)
            throws IOException, InterruptedException, SQLException {
        Home home = Home.find();
        StackDir stack = dir.dir();
        Endpoints endpoints = Endpoints.of(stack);
        Path report = SqlReport.file(home, file);
        String name = String.valueOf(report.getFileName()).replaceFirst("\\.sql$", "");
        Path folder = stack.root().resolve("reports");
        ReporterLogin login = ReporterLogin.in(folder, endpoints.postgres());
        Map<String, String> values = ofCatalog(endpoints, "sql-report." + name);
        values.putAll(given(variables));
        Path checkpoints = folder.resolve("checkpoints").resolve(name);
        StackDir.removeTree(checkpoints);
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--conf",
                home.root().resolve("flink-conf").resolve("embedded").toString(),
                "--checkpoints",
                checkpoints.toString()));
        addVariables(values, arguments);
        arguments.add(report.toString());
        out().printf("Starting %s. Ctrl-C ends it.%n", name);
        return end(
                new SqlReport(home, folder.resolve(name + ".log")).run(arguments, login.environment(), out()::println));
    }

    @Command(
            name = "shell",
            description = {
                "Flink's SQL client beside the stack, for questions of the day. It knows the tables and functions of reports, "
                        + "and in database serving the serving tables, as they are when they are asked.",
                "",
                "Its jobs run in its own process and end with it."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  ./retally sql shell",
                "    Flink SQL> SELECT name, kind FROM program;",
                "    Flink SQL> SELECT * FROM serving.program_summary;",
                "  ./retally sql shell --file questions.sql"
            })
    int shell(
            @Mixin DirOption dir,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description =
                                    "Run its statements and end. Each query has to have an end, as those of serving have.")
                    Path file)
            throws IOException, InterruptedException, SQLException {
        StackDir stack = dir.dir();
        Endpoints endpoints = Endpoints.of(stack);
        return new SqlShell(Home.find(), stack.root().resolve("reports"))
                .run(endpoints, ofCatalog(endpoints, "sql-shell"), file, out()::println);
    }

    /** The values of the catalogue's variables. */
    private static Map<String, String> ofCatalog(Endpoints endpoints, String kafkaGroup) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "kafka_bootstrap",
                endpoints.kafkaBootstrap(),
                "kafka_group",
                kafkaGroup,
                "topic_prefix",
                Topics.PREFIX,
                "postgres_url",
                endpoints.postgres().jdbc(),
                "postgres_user",
                ReporterLogin.USER));
        String mongodb = endpoints.mongodbUri();
        if (mongodb != null) {
            values.put("mongodb_uri", mongodb);
        }
        return values;
    }

    private int planned(String command, DirOption dir, Map<String, String> variables, List<String> files)
            throws IOException, InterruptedException {
        Home home = Home.find();
        List<String> arguments = new ArrayList<>(List.of(command));
        addVariables(given(variables), arguments);
        files.forEach(file -> arguments.add(SqlReport.file(home, file).toString()));
        return end(report(home, dir).run(arguments, Map.of(), out()::println));
    }

    private static SqlReport report(Home home, DirOption dir) {
        return new SqlReport(home, dir.dir().root().resolve("reports").resolve("sql.log"));
    }

    private static Map<String, String> given(Map<String, String> variables) {
        return variables == null ? Map.of() : variables;
    }

    private static void addVariables(Map<String, String> variables, List<String> arguments) {
        variables.forEach((name, value) -> arguments.addAll(List.of("--var", name + "=" + value)));
    }

    private int end(List<String> wrong) {
        PrintWriter err = spec.commandLine().getErr();
        wrong.forEach(err::println);
        return wrong.isEmpty() ? 0 : 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
