package io.retally.bench.ingest;

import io.retally.bench.ceiling.CeilingJob.Step;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.ResultOptions;
import io.retally.bench.result.Steps;
import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.CompanyOptions;
import io.retally.bench.stack.Loading;
import io.retally.bench.stack.Requirement;
import io.retally.bench.stack.StackFolder;
import io.retally.devkit.load.LoadSummary;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench ingest`: how fast logs become tables. */
@Command(
        name = "ingest",
        description = {
            "How many changes a second the job takes from the topics into the tables, and what CPU time each costs; beside it "
                    + "peers in Flink SQL and Kafka Streams, and jobs that do a part of the work, ceilings.",
            "",
            "A generated company is written to the topics of a stack of its own. Then each contender reads them from the "
                    + "beginning: once to warm up, then in turns. A run counts only if all was read and the tables are right."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class IngestCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompanyOptions company;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measured runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These contenders, by their names in the JSON, beside rep_progress. All if not given.")
    private @Nullable List<String> only;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        company.check(spec);
        Requirement.require(spec, runs >= 1 && runs <= 100, "--runs is from 1 to 100");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchStack stack = folder.start(EPOCH, spec)) {
            results.write(measure(stack, out), out);
        }
        return 0;
    }

    private Report measure(BenchStack stack, PrintWriter out) throws Exception {
        Steps steps = new Steps(out);
        Home home = stack.home();
        Path jar = jar(home);
        JobRuns jobs = JobRuns.takeOver(stack.dir(), home, stack.endpoints(), List.of(jar));
        LoadSummary loaded =
                Loading.write(stack.endpoints(), company.company().iterator(), company.interactions(), out);
        Arena.Logs logs = new Arena.Logs(loaded.changes(), loaded.changes() + loaded.deleted());
        Arena arena = new Arena(stack.dir(), stack.endpoints(), jobs, jar, logs);
        List<Contender> contenders = new ArrayList<>(List.of(new RepProgress(arena)));
        if (isWanted(SqlPeer.NAME)) {
            contenders.add(new SqlPeer(arena));
        }
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
            Series.run(contenders, runs, line -> steps.say("%s", line))
                    .forEach((contender, measured) -> figures.add(Figures.of(contender, measured, logs.changes())));
        }
        return new Report(Provenance.now(home.root(), again()), logs, figures);
    }

    private boolean isWanted(String contender) {
        return only == null || only.contains(contender);
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
        return "./retally bench ingest %s --runs %d".formatted(company.again(), runs)
                + (only == null ? "" : " --only " + String.join(",", only));
    }
}
