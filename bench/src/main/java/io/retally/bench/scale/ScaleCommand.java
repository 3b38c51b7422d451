package io.retally.bench.scale;

import io.retally.bench.result.Provenance;
import io.retally.bench.result.ResultOptions;
import io.retally.bench.result.Steps;
import io.retally.bench.scale.Curve.Point;
import io.retally.bench.stack.BenchStack;
import io.retally.bench.stack.Requirement;
import io.retally.bench.stack.StackFolder;
import io.retally.devkit.stack.JobRuns;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `bench scale`: what a change costs while state and programs grow. */
@Command(
        name = "scale",
        description = {
            "What CPU time a change costs, the more interactions are in state, and the more reps a program has: two curves that "
                    + "are to be flat.",
            "",
            "Generated companies are written to the topics of a stack of its own in slices of alike changes, and the CPU time is "
                    + "taken until each is published. At the default sizes that takes more than an hour, and all of it stays on the "
                    + "disk until the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ScaleCommand implements Callable<Integer> {
    private static final Duration EPOCH = Duration.ofSeconds(1);
    /** Of each run for programs of a size; one more before them has the reps and is not measured. */
    private static final int SLICES_A_RUN = 4;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--interactions",
            paramLabel = "N",
            defaultValue = "50000000",
            description = "In state at the last measurement; a multiple of --slice. Default: ${DEFAULT-VALUE}.")
    private long interactions;

    @Option(
            names = "--slice",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Interactions from one measurement to the next. Default: ${DEFAULT-VALUE}.")
    private int slice;

    @Option(
            names = "--reps",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Who make them, in all measurements. Default: ${DEFAULT-VALUE}.")
    private int reps;

    @Option(
            names = "--program-reps",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,10000,100000",
            description = "Reps a program, the fewest first; divisors of --reps. Default: ${DEFAULT-VALUE}.")
    private List<Integer> programReps;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--curve",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "programs,state",
            description = "Which to measure: state, programs. Default: both.")
    private Set<Growth> wanted;

    @Option(
            names = "--verify-state",
            description =
                    "Also compare the tables with the contract when all interactions are in state. At the default sizes that "
                            + "takes hours and much disk. After each measurement of programs they are compared anyway.")
    private boolean verifyState;

    @Mixin
    private ResultOptions results;

    @Mixin
    private StackFolder folder;

    @Override
    public Integer call() throws Exception {
        Requirement.require(spec, slice >= 1 && slice <= 10_000_000, "--slice is from 1 to 10000000");
        Requirement.require(
                spec,
                interactions >= slice && interactions <= 1_000_000_000 && interactions % slice == 0,
                "--interactions is a multiple of --slice, up to 1000000000");
        Requirement.require(spec, reps >= 2 && reps <= 1_000_000, "--reps is from 2 to 1000000");
        Requirement.require(
                spec,
                programReps.stream().allMatch(size -> size >= 1 && reps % size == 0)
                        && programReps.stream().sorted().distinct().toList().equals(programReps),
                "--program-reps are divisors of --reps, the fewest first");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchStack stack = folder.start(EPOCH, spec)) {
            results.write(measure(stack, new Steps(out)), out);
        }
        return 0;
    }

    private ScaleReport measure(BenchStack stack, Steps steps) throws Exception {
        JobRuns jobs = JobRuns.takeOver(stack.dir(), stack.home(), stack.endpoints(), List.of());
        Map<Growth, Curve> curves = new EnumMap<>(Growth.class);
        // First, as after these runs the compiler has little left to do.
        if (wanted.contains(Growth.PROGRAMS)) {
            curves.put(Growth.PROGRAMS, programs(stack, jobs, steps));
        }
        if (wanted.contains(Growth.STATE)) {
            curves.put(Growth.STATE, state(stack, jobs, steps));
        }
        return new ScaleReport(Provenance.now(stack.home().root(), again()), reps, slice, curves);
    }

    private Curve programs(BenchStack stack, JobRuns jobs, Steps steps) throws Exception {
        steps.say("warm-up: programs of %,d reps", programReps.get(0));
        programs(programReps.get(0), stack, jobs);
        List<Point> points = new ArrayList<>();
        for (int size : programReps) {
            Cost cost = programs(size, stack, jobs);
            points.add(new Point(size, cost));
            steps.say("programs of %,d reps: %.1f µs a change", size, cost.micros());
        }
        return new Curve(points);
    }

    private Cost programs(int size, BenchStack stack, JobRuns jobs) throws Exception {
        Slices slices = new Slices(new Population(seed, reps).programs(size, (SLICES_A_RUN + 1L) * slice), slice);
        try (Course course = new Course(stack, jobs)) {
            course.publish(slices.next());
            Cost cost = course.publish(slices.next());
            for (int measured = 1; measured < SLICES_A_RUN; measured++) {
                cost = cost.plus(course.publish(slices.next()));
            }
            course.requireTrue();
            course.end();
            return cost;
        }
    }

    private Curve state(BenchStack stack, JobRuns jobs, Steps steps) throws Exception {
        Slices slices = new Slices(new Population(seed, reps).company(interactions + slice), slice);
        List<Point> points = new ArrayList<>();
        try (Course course = new Course(stack, jobs)) {
            steps.say("the first %,d interactions", slice);
            course.publish(slices.next());
            for (long before = slice; before <= interactions; before += slice) {
                Cost cost = course.publish(slices.next());
                points.add(new Point(before, cost));
                steps.say("%,d interactions in state: %.1f µs a change", before, cost.micros());
            }
            if (verifyState) {
                steps.say("comparing every table with the contract");
                course.requireTrue();
            }
            course.end();
        }
        return new Curve(points);
    }

    private String again() {
        return "./retally bench scale --interactions %d --slice %d --reps %d --program-reps %s --seed %d"
                        .formatted(
                                interactions,
                                slice,
                                reps,
                                programReps.stream().map(String::valueOf).collect(Collectors.joining(",")),
                                seed)
                + (wanted.containsAll(Arrays.asList(Growth.values()))
                        ? ""
                        : " --curve " + wanted.stream().map(Growth::label).collect(Collectors.joining(",")))
                + (verifyState ? " --verify-state" : "");
    }
}
