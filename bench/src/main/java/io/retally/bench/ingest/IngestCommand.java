package io.retally.bench.ingest;

import io.retally.bench.ceiling.CeilingJob.Step;
import io.retally.devkit.cli.StackStarter;
import io.retally.devkit.load.Load;
import io.retally.devkit.load.LoadSummary;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Capture;
import io.retally.devkit.stack.Detour;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.stack.UpOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `bench ingest`: how fast logs become tables. */
@Command(
        name = "ingest",
        description = {
            "How many changes a second the job takes from the topics into the tables, and what CPU time each costs; beside it "
                    + "jobs that do a part of the work, ceilings, and a peer in Kafka Streams.",
            "",
            "A generated company is written to the topics of a stack of its own. Then each contender reads them from the "
                    + "beginning: once to warm up, then in turns. A run counts only if all was read and the tables are right."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class IngestCommand implements Callable<Integer> {
    /** The same company at every time. */
    private static final Instant COMPANY_NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration EPOCH = Duration.ofSeconds(1);
    /** Of the generated company of the command `load generated`. */
    private static final int INTERACTIONS_A_REP = 500;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--interactions",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the generated company. Default: ${DEFAULT-VALUE}.")
    private long interactions;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These contenders, by their names in the JSON, beside rep_progress. All if not given.")
    private @Nullable List<String> only;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there.")
    private @Nullable Path json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Replace the results in this page, as in docs/benchmarks.md.")
    private @Nullable Path markdown;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The folder of its stack, which is emptied; .retally-bench in the project's folder if not given.")
    private @Nullable Path dir;

    @Override
    public Integer call() throws Exception {
        if (interactions < 1 || interactions > 1_000_000_000) {
            throw new ParameterException(spec.commandLine(), "--interactions is from 1 to 1000000000");
        }
        if (runs < 1 || runs > 100) {
            throw new ParameterException(spec.commandLine(), "--runs is from 1 to 100");
        }
        Home home = Home.find();
        Path folder = dir != null ? dir : home.root().resolve(".retally-bench");
        StackDir stack = new StackDir(folder);
        PrintWriter out = spec.commandLine().getOut();
        // One that is up there already, or somebody's own files, are refused and left alone.
        UpOptions options = new UpOptions(Capture.NONE, null, EPOCH, true, false, Detour.NONE);
        Endpoints endpoints =
                StackStarter.start(stack, options, out, spec.commandLine().getErr());
        Thread onInterrupt = new Thread(() -> new StackDown(stack).stop(part -> {}), "stop-bench");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            report(measure(home, stack, endpoints, out), out);
        } finally {
            new StackDown(stack).stop(part -> {});
            stack.removeData();
        }
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        return 0;
    }

    private void report(Report report, PrintWriter out) throws IOException {
        out.print(report.markdown());
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json());
        }
        if (markdown != null) {
            Report.writeInto(markdown, report.markdown());
        }
    }

    private Report measure(Home home, StackDir stack, Endpoints endpoints, PrintWriter out) throws Exception {
        Path jar = jar(home);
        JobRuns jobs = JobRuns.takeOver(stack, home, endpoints, List.of(jar));
        Arena.Logs logs = load(endpoints, out);
        Arena arena = new Arena(stack, endpoints, jobs, jar, logs);
        List<Contender> contenders = new ArrayList<>(List.of(new RepProgress(arena)));
        for (Step step : Step.values()) {
            Ceiling ceiling = new Ceiling(arena, step);
            if (isWanted(ceiling.name())) {
                contenders.add(ceiling);
            }
        }
        List<Figures> figures = new ArrayList<>();
        try (StreamsPeer peer = isWanted(StreamsPeer.NAME) ? StreamsPeer.start(arena, home.root()) : null) {
            if (peer != null) {
                contenders.add(peer);
            }
            Series.run(contenders, runs, line -> {
                        out.println("  " + line);
                        out.flush();
                    })
                    .forEach((contender, measured) -> figures.add(Figures.of(contender, measured, logs.changes())));
        }
        return new Report(Machine.here(home.root()), again(), Instant.now(), logs, figures);
    }

    private boolean isWanted(String contender) {
        return only == null || only.contains(contender);
    }

    private Arena.Logs load(Endpoints endpoints, PrintWriter out) {
        int reps = (int) Math.max(20, interactions / INTERACTIONS_A_REP);
        Size size = new Size(reps, Math.max(2, reps / 70), interactions);
        try (KafkaTarget target = new KafkaTarget(endpoints.kafkaBootstrap(), Topics.PREFIX, KafkaTarget.LIVE)) {
            LoadSummary summary = new Load(target, RateLimit.none(), out)
                    .run("generated", new GeneratedCompany(seed, size, COMPANY_NOW).iterator(), interactions);
            out.println(summary.line("  generated"));
            return new Arena.Logs(summary.changes(), summary.changes() + summary.deleted());
        }
    }

    private static Path jar(Home home) throws IOException {
        Path target = home.root().resolve("bench/target");
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches("retally-bench-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new StackException(
                            "the measured jobs' jar is not in " + target,
                            "build the project: mvn -DskipTests package"));
        }
    }

    private String again() {
        return "./retally bench ingest --interactions %d --runs %d --seed %d".formatted(interactions, runs, seed)
                + (only == null ? "" : " --only " + String.join(",", only));
    }
}
