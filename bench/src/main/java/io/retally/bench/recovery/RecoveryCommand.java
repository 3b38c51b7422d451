package io.retally.bench.recovery;

import io.retally.bench.probe.Appender;
import io.retally.bench.probe.Prober;
import io.retally.bench.probe.Reader;
import io.retally.bench.probe.Subject;
import io.retally.bench.probe.Subjects;
import io.retally.bench.recovery.RecoveryReport.Drill;
import io.retally.bench.recovery.RecoveryReport.State;
import io.retally.bench.recovery.RecoveryReport.Volume;
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
import io.retally.core.document.Collection;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.Savepoints;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench recovery`: how long until changes can be read again. */
@Command(
        name = "recovery",
        description = {
            "How long it takes until changes can be read again after a part was killed or the job was stopped on purpose; how "
                    + "large the state is; how fast the tables are rebuilt from the logs.",
            "",
            "A generated company is loaded into a stack of its own with epochs of 500 ms. While more of such companies are "
                    + "written at a steady rate, parts are killed, and the job is stopped, started and rescaled. Each time a "
                    + "change is appended and looked for in every table. The benchmark succeeds only if all tables are true in "
                    + "the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RecoveryCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofMillis(500);
    private static final List<Part> KILLED = List.of(Part.TASKMANAGER, Part.JOBMANAGER, Part.POSTGRES, Part.KAFKA);
    private static final int PARALLELISM = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompanyOptions company;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each is done; the rebuild once. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Changes a second that are written meanwhile. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "65",
            description = {
                "Before each kill. Default: ${DEFAULT-VALUE}. Failures within a minute pass for a series, in which the job waits "
                        + "longer and longer before it tries again."
            })
    private int pauseSeconds;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        company.check(spec);
        Requirement.require(spec, runs >= 1 && runs <= 100, "--runs is from 1 to 100");
        Requirement.require(spec, rate > 0, "--rate is above 0");
        Requirement.require(spec, pauseSeconds >= 0 && pauseSeconds <= 3_600, "--pause is from 0 to 3600");
        PrintWriter out = spec.commandLine().getOut();
        // Other ports than the usual ones: while a part is dead, somebody else might take them.
        try (BenchStack stack = folder.start(EPOCH, spec)) {
            results.write(measure(stack, out), out);
        }
        return 0;
    }

    private RecoveryReport measure(BenchStack stack, PrintWriter out) throws Exception {
        Steps steps = new Steps(out);
        Endpoints endpoints = stack.endpoints();
        Subject learner = Subjects.learner();
        Prober prober = Prober.of(endpoints.postgres(), learner);
        Loading.Loaded loaded = Loading.publish(
                endpoints, Subjects.followedBy(List.of(learner), company.company()), company.interactions(), out);
        Volume load = new Volume(loaded.summary().changes(), loaded.took());
        steps.say("published, %,.0f changes a second", load.perSecond());
        try (Appender appender = new Appender(endpoints.kafkaBootstrap());
                Reader reader = new Reader(endpoints.postgres())) {
            Drills doing = new Drills(stack, prober, appender, reader);
            // Before rescaling, which leaves files with both halves of a state in either until they are merged.
            State state = new State(
                    doing.savepoint().bytes(), loaded.summary().inserted().getOrDefault(Collection.INTERACTIONS, 0L));
            steps.say("state: %.1f bytes an interaction", state.bytesPerInteraction());
            List<Drill> drills;
            BackgroundLoad.Written meanwhile;
            try (BackgroundLoad background =
                    BackgroundLoad.start(stack, company.seed() + 1, company.interactions(), rate)) {
                drills = drill(doing, background, steps);
                meanwhile = background.stop();
            }
            Loading.awaitPublished(endpoints);
            steps.say("rebuilding the tables from the logs");
            Volume rebuild = new Volume(Loading.messages(endpoints), doing.rebuild());
            steps.say("comparing every table with the contract");
            Loading.requireTrue(endpoints);
            return new RecoveryReport(
                    Provenance.now(stack.home().root(), again()),
                    company.interactions(),
                    load,
                    meanwhile.changesPerSecond(),
                    drills,
                    state,
                    rebuild);
        }
    }

    private List<Drill> drill(Drills doing, BackgroundLoad background, Steps steps) throws Exception {
        List<Drill> drills = new ArrayList<>();
        kills(doing, background, steps)
                .forEach((part, took) -> drills.add(new Drill(
                        "kill_" + part.label(),
                        "SIGKILL of " + part.description() + ": until fresh",
                        new Distribution(took))));
        List<Duration> savepoints = new ArrayList<>();
        List<Redeployed> restarts = new ArrayList<>();
        List<Redeployed> down = new ArrayList<>();
        List<Redeployed> up = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            steps.say("run %d of %d: savepoint, restart, rescale", run, runs);
            doing.awaitCalm();
            Savepoints.Taken savepoint = doing.savepoint();
            savepoints.add(savepoint.took());
            steps.say("  savepoint        %s", shown(savepoint.took()));
            restarts.add(redeploy(doing, PARALLELISM, "restart", steps));
            down.add(redeploy(doing, 1, "to parallelism 1", steps));
            up.add(redeploy(doing, PARALLELISM, "to parallelism 2", steps));
            background.requireWell();
        }
        drills.add(new Drill("savepoint", "a savepoint, while the job goes on", new Distribution(savepoints)));
        addTo(drills, "restart", "stopped with a savepoint and started from it", restarts);
        addTo(drills, "rescale_2_to_1", "from parallelism 2 to 1", down);
        addTo(drills, "rescale_1_to_2", "from parallelism 1 to 2", up);
        return drills;
    }

    private Map<Part, List<Duration>> kills(Drills doing, BackgroundLoad background, Steps steps)
            throws InterruptedException {
        Map<Part, List<Duration>> kills = new EnumMap<>(Part.class);
        for (int run = 1; run <= runs; run++) {
            for (Part part : KILLED) {
                Thread.sleep(pauseSeconds * 1_000L);
                doing.awaitCalm();
                Duration took = doing.kill(part);
                background.requireWell();
                steps.say("run %d of %d: %s killed, fresh again after %s", run, runs, part.label(), shown(took));
                kills.computeIfAbsent(part, none -> new ArrayList<>()).add(took);
            }
        }
        return kills;
    }

    private static Redeployed redeploy(Drills doing, int parallelism, String name, Steps steps) throws Exception {
        doing.awaitCalm();
        Redeployed took = doing.redeploy(parallelism);
        steps.say(
                "  %-16s %s until fresh; stopped after %s, the tables stood still for %s",
                name, shown(took.fresh()), shown(took.stopped()), shown(took.stoodStill()));
        return took;
    }

    private static void addTo(List<Drill> drills, String name, String description, List<Redeployed> runs) {
        drills.add(new Drill(
                name + "_stopped",
                description + ": until stopped",
                new Distribution(runs.stream().map(Redeployed::stopped).toList())));
        drills.add(new Drill(
                name + "_fresh",
                description + ": until fresh",
                new Distribution(runs.stream().map(Redeployed::fresh).toList())));
        drills.add(new Drill(
                name + "_stood_still",
                description + ": tables stood still",
                new Distribution(runs.stream().map(Redeployed::stoodStill).toList())));
    }

    private static String shown(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", Distribution.seconds(duration));
    }

    private String again() {
        return "./retally bench recovery %s --runs %d --rate %s --pause %d"
                .formatted(company.again(), runs, rate, pauseSeconds);
    }
}
