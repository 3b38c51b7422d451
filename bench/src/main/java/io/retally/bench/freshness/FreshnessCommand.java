package io.retally.bench.freshness;

import io.retally.bench.probe.Appender;
import io.retally.bench.probe.Kind;
import io.retally.bench.probe.Prober;
import io.retally.bench.probe.Reader;
import io.retally.bench.probe.Subject;
import io.retally.bench.probe.Subjects;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.ResultOptions;
import io.retally.bench.result.Steps;
import io.retally.bench.stack.BackgroundLoad;
import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.CompanyOptions;
import io.retally.bench.stack.Loading;
import io.retally.bench.stack.Requirement;
import io.retally.bench.stack.StackFolder;
import io.retally.devkit.stack.Endpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench freshness`: how long until a change can be read. */
@Command(
        name = "freshness",
        description = {
            "How long it takes from the log until a change can be read in every table, by kind of change and by load.",
            "",
            "A generated company is loaded into a stack of its own with epochs of 500 ms. Then more of such companies are "
                    + "written at a steady rate while probes are made: single changes of documents that nobody else changes, so "
                    + "that all rows that a probe leads to are known beforehand. A probe that is not seen within a minute, or "
                    + "only in some tables, ends the benchmark; so do tables that are not true in the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FreshnessCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofMillis(500);
    /** No rate gets through so many companies. */
    private static final long SEEDS_A_RATE = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompanyOptions company;

    @Option(
            names = "--rates",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "0.1,0.5,0.8",
            description = "Loads to measure under, as shares of the limit. Default: ${DEFAULT-VALUE}.")
    private List<Double> rates;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The ingest limit, changes a second; as fast as the company was taken if not given.")
    private @Nullable Double limit;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "5",
            description =
                    "How long to probe at each rate; a round of probes that has begun is finished. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--contact-interactions",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Of the contact that is removed and restored. Default: ${DEFAULT-VALUE}.")
    private int contactInteractions;

    @Option(
            names = "--program-reps",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Of the program whose pass mark is changed. Default: ${DEFAULT-VALUE}.")
    private int programReps;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        company.check(spec);
        Requirement.require(
                spec,
                rates.stream().allMatch(share -> share > 0 && share <= 2),
                "--rates are shares of the limit, each above 0 and at most 2");
        Requirement.require(spec, limit == null || limit > 0, "--limit is above 0");
        Requirement.require(spec, minutes >= 0 && minutes <= 1_000, "--minutes is from 0 to 1000");
        Requirement.require(
                spec,
                contactInteractions >= 1 && contactInteractions <= 10_000_000,
                "--contact-interactions is from 1 to 10000000");
        Requirement.require(spec, programReps >= 1 && programReps <= 1_000_000, "--program-reps is from 1 to 1000000");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchStack stack = folder.start(EPOCH, spec)) {
            results.write(measure(stack, out), out);
        }
        return 0;
    }

    private FreshnessReport measure(BenchStack stack, PrintWriter out) throws Exception {
        Steps steps = new Steps(out);
        Endpoints endpoints = stack.endpoints();
        List<Subject> subjects = List.of(
                Subjects.learner(),
                Subjects.mover(),
                Subjects.veteran(contactInteractions),
                Subjects.program(programReps));
        Loading.Loaded loaded = Loading.publish(
                endpoints, Subjects.followedBy(subjects, company.company()), company.interactions(), out);
        double shared = limit != null ? limit : loaded.changesPerSecond();
        steps.say("%,d changes published, %,.0f a second", loaded.summary().changes(), loaded.changesPerSecond());
        List<Prober> probers = new ArrayList<>();
        for (Subject subject : subjects) {
            steps.say("working out what the contract makes of probes: %s", subject.name());
            probers.add(Prober.of(endpoints.postgres(), subject));
        }
        List<Freshness> loads = new ArrayList<>();
        try (Appender appender = new Appender(endpoints.kafkaBootstrap());
                Reader reader = new Reader(endpoints.postgres())) {
            Probing probing = new Probing(probers, appender, reader, EPOCH, company.seed());
            for (double share : rates) {
                // Other companies at each rate: of one that is there already, nothing would be new.
                long firstSeed = company.seed() + 1 + SEEDS_A_RATE * loads.size();
                loads.add(measure(share, share * shared, stack, firstSeed, probing, steps));
                Loading.awaitPublished(endpoints);
            }
        }
        steps.say("comparing every table with the contract");
        Loading.requireTrue(endpoints);
        return new FreshnessReport(
                Provenance.now(stack.home().root(), again()),
                company.interactions(),
                loaded.summary().changes(),
                contactInteractions,
                programReps,
                EPOCH,
                shared,
                limit == null,
                loads);
    }

    private Freshness measure(
            double share, double changesPerSecond, BenchStack stack, long firstSeed, Probing probing, Steps steps)
            throws IOException, InterruptedException {
        steps.say("at %.0f %%: %,.0f changes a second", 100 * share, changesPerSecond);
        try (BackgroundLoad load = BackgroundLoad.start(stack, firstSeed, company.interactions(), changesPerSecond)) {
            Probing.Measured measured = probing.run(Duration.ofMillis((long) (minutes * 60_000)), load);
            BackgroundLoad.Written written = load.stop();
            measured.kinds().forEach((kind, took) -> steps.say("%s", line(kind, took)));
            return new Freshness(share, changesPerSecond, written, measured.kinds(), measured.tables());
        }
    }

    private static String line(Kind kind, Distribution took) {
        return String.format(
                Locale.ROOT,
                "  %-12s %4d probes, p50 %.0f ms, p99 %.0f ms, max %.0f ms",
                kind.label(),
                took.count(),
                Distribution.millis(took.p50()),
                Distribution.millis(took.p99()),
                Distribution.millis(took.max()));
    }

    private String again() {
        String shares = rates.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "./retally bench freshness %s --rates %s%s --minutes %s --contact-interactions %d --program-reps %d"
                .formatted(
                        company.again(),
                        shares,
                        limit == null ? "" : " --limit " + limit,
                        minutes,
                        contactInteractions,
                        programReps);
    }
}
