package io.retally.bench.assignments;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.result.Distribution;
import io.retally.bench.result.Provenance;
import io.retally.bench.result.ResultOptions;
import io.retally.bench.result.Steps;
import io.retally.bench.stack.BackgroundLoad;
import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.Companies;
import io.retally.bench.stack.CompanyOptions;
import io.retally.bench.stack.Loading;
import io.retally.bench.stack.Requirement;
import io.retally.bench.stack.Shape;
import io.retally.bench.stack.StackFolder;
import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.stack.Part;
import io.retally.oracle.Ids;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.bson.BsonDocument;
import org.bson.BsonString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench assignments`: two jobs on one machine, and how soon an assignment follows. */
@Command(
        name = "assignments",
        description = {
            "What lesson-assignments costs rep-progress, and how soon an assignment follows a change in MongoDB.",
            "",
            "A generated company is written to the live topics as fast as it goes, in turns into a stack with rep-progress alone "
                    + "and into one that has lesson-assignments, too, with a rule for each program. Into the last one more companies "
                    + "are then written through MongoDB at a steady rate, while answers are corrected and contacts removed, one "
                    + "change at a time. In the end every table is compared with the contract."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AssignmentsCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofMillis(500);
    /** Until lesson-assignments has read all that rep-progress has. */
    private static final Duration PATIENCE_OF_BEGINNING = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompanyOptions company;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often each stack is loaded. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Changes a second in MongoDB while probes are made. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "200",
            description = "Of each kind. Default: ${DEFAULT-VALUE}.")
    private int probes;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        company.check(spec);
        Requirement.require(spec, runs >= 1 && runs <= 100, "--runs is from 1 to 100");
        Requirement.require(spec, rate > 0 && rate <= 100_000, "--rate is above 0 and at most 100000");
        Requirement.require(spec, probes >= 1 && probes <= 100_000, "--probes is from 1 to 100000");
        PrintWriter out = spec.commandLine().getOut();
        Steps steps = new Steps(out);
        List<CatchingUp> alone = new ArrayList<>();
        List<CatchingUp> beside = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            try (BenchStack stack = folder.startWithMongoDb(EPOCH, false, spec)) {
                alone.add(catchUp(stack, "alone", steps, out));
            }
            try (BenchStack stack = folder.startWithMongoDb(EPOCH, true, spec);
                    Classroom classroom = new Classroom(mongoDb(stack), probes + 1)) {
                classroom.insertRules(rules());
                beside.add(catchUp(stack, "beside lesson-assignments", steps, out));
                if (run == runs) {
                    results.write(probe(stack, classroom, alone, beside, steps), out);
                }
            }
        }
        return 0;
    }

    private static String mongoDb(BenchStack stack) {
        return Objects.requireNonNull(stack.endpoints().mongodbUri());
    }

    /** One for each program of the company. */
    private List<BsonDocument> rules() {
        List<BsonDocument> rules = new ArrayList<>();
        for (ChangeOfDocument change : company.company()) {
            BsonDocument document = change.document();
            if (change.collection() == Collection.PROGRAMS
                    && change.op() == ChangeOfDocument.Op.INSERT
                    && document != null) {
                rules.add(Classroom.rule(
                        new BsonString(Ids.text(Objects.requireNonNull(document.get("accountId")))),
                        new BsonString(Ids.text(change.id()))));
            }
        }
        return rules;
    }

    private CatchingUp catchUp(BenchStack stack, String which, Steps steps, PrintWriter out) throws Exception {
        Duration begin = cpu(stack);
        Loading.Loaded loaded =
                Loading.publish(stack.endpoints(), company.company().iterator(), company.interactions(), out);
        CatchingUp run = new CatchingUp(
                loaded.summary().changes(), loaded.took(), cpu(stack).minus(begin));
        steps.say(
                "rep-progress %s: %,.0f changes a second, %.1f µs of CPU time a change",
                which, run.changesPerSecond(), run.cpuMicrosPerChange());
        return run;
    }

    /** What all have used that have to do with a change, this process, which writes it, included. */
    private static Duration cpu(BenchStack stack) {
        Duration sum = ProcessCpu.of(ProcessHandle.current().pid());
        for (Map.Entry<Part, Duration> part : ProcessCpu.now(stack.dir()).entrySet()) {
            sum = sum.plus(part.getValue());
        }
        return sum;
    }

    private AssignmentsReport probe(
            BenchStack stack, Classroom classroom, List<CatchingUp> alone, List<CatchingUp> beside, Steps steps)
            throws Exception {
        steps.say("waiting until lesson-assignments has read as far");
        classroom.begin(PATIENCE_OF_BEGINNING);
        steps.say("%,.0f changes a second in MongoDB, %d probes of each kind", rate, probes);
        Companies others = new Companies(Shape.MANY_PROGRAMS, company.seed() + 1, company.interactions(), 0);
        Map<Probe, Distribution> took;
        BackgroundLoad.Written written;
        try (BackgroundLoad load = BackgroundLoad.startInMongoDb(stack, others, rate)) {
            took = probes(classroom, load);
            written = load.stop();
        }
        took.forEach((probe, distribution) -> steps.say("%s", line(probe, distribution)));
        steps.say("comparing every table with the contract");
        Loading.awaitPublished(stack.endpoints());
        Loading.requireTrue(stack.endpoints());
        return new AssignmentsReport(
                provenance(stack), company.interactions(), EPOCH, alone, beside, written.changesPerSecond(), took);
    }

    /**
     * One after the other; one of each kind that is not counted comes first. Before each, a random part of an epoch: what follows
     * at once on the checkpoint before would always wait for a whole one.
     */
    private Map<Probe, Distribution> probes(Classroom classroom, BackgroundLoad load) throws InterruptedException {
        Random random = new Random(company.seed());
        Map<Probe, List<Duration>> took = new EnumMap<>(Probe.class);
        for (int round = 0; round <= probes; round++) {
            for (Probe probe : Probe.values()) {
                Thread.sleep(random.nextInt((int) EPOCH.toMillis()));
                Duration time = classroom.probe(probe, PATIENCE);
                load.requireWell();
                if (round > 0) {
                    took.computeIfAbsent(probe, none -> new ArrayList<>()).add(time);
                }
            }
        }
        Map<Probe, Distribution> distributions = new EnumMap<>(Probe.class);
        took.forEach((probe, times) -> distributions.put(probe, new Distribution(times)));
        return distributions;
    }

    private static String line(Probe probe, Distribution took) {
        return String.format(
                Locale.ROOT,
                "  %-44s p50 %.0f ms, p99 %.0f ms, longest %.0f ms",
                probe.description(),
                Distribution.millis(took.p50()),
                Distribution.millis(took.p99()),
                Distribution.millis(took.max()));
    }

    private Provenance provenance(BenchStack stack) throws IOException, InterruptedException {
        return Provenance.now(
                stack.home().root(),
                "./retally bench assignments %s --runs %d --rate %.0f --probes %d"
                        .formatted(company.again(), runs, rate, probes));
    }
}
