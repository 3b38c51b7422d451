package io.retally.devkit.cli;

import io.retally.devkit.chaos.Chaos;
import io.retally.devkit.chaos.FaultKind;
import io.retally.devkit.chaos.Report;
import io.retally.devkit.stack.StackDir;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `chaos`: breaks a stack of its own and sees whether anything is lost. */
@Command(
        name = "chaos",
        description = {
            "Starts a stack of its own, lets a company change in every way, and breaks the stack meanwhile: in rounds of two "
                    + "minutes, each a storm of overlapping faults, single kills, and a calm in which tables and dead letters "
                    + "are verified. A reader looks for contradictions all the time. At the end the same changes are made to "
                    + "a second stack without faults: both must publish the same rows. Exit code 1 if anything was wrong.",
            "",
            "The seed decides on the changes and on which fault comes when."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally chaos --seed 7 --minutes 10",
            "  ./retally chaos --faults kill,pause-postgres,cut-kafka",
            "  ./retally chaos --list"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "S", description = "Default: drawn at random, and printed.")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description = "Of faults; the checks come on top. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description = "Only these; kill and pause stand for all of that name. Default: all.")
    private @Nullable List<String> faults;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            description = "Changes a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--no-calm-run", description = "Do not compare with a run without faults.")
    private boolean noCalmRun;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The folder of its stacks, which is emptied; .retally-chaos in the project's folder if not given.")
    private @Nullable Path dir;

    @Option(names = "--list", description = "Say which faults there are, and end.")
    private boolean list;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Arrays.stream(FaultKind.values())
                    .forEach(kind -> out.printf("  %-24s %s%n", kind.label(), kind.description()));
            return 0;
        }
        if (minutes < 1 || minutes > 24 * 60) {
            throw new ParameterException(spec.commandLine(), "--minutes is from 1 to 1440");
        }
        if (!(rate >= 1 && rate <= 100_000)) {
            throw new ParameterException(spec.commandLine(), "--rate is from 1 to 100000");
        }
        return run(settings(), out);
    }

    Chaos.Settings settings() {
        Long given = seed;
        return new Chaos.Settings(
                given != null ? given : new Random().nextInt(1_000_000), minutes, kinds(), rate, !noCalmRun);
    }

    private int run(Chaos.Settings settings, PrintWriter out) throws Exception {
        Path folder = dir != null ? dir : Path.of(System.getProperty("retally.home", "."), ".retally-chaos");
        StackDir stack = new StackDir(folder);
        Instant begin = Instant.now();
        out.printf("Chaos in %s. To do the same again: %s%n", stack.root(), again(settings));
        Thread onInterrupt = new Thread(
                () -> {
                    Chaos.stop(stack);
                    Chaos.stop(new StackDir(stack.root().resolve("calm")));
                },
                "stop-chaos");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        Report report;
        try (StepLine line = new StepLine(out)) {
            report = new Chaos(
                            settings,
                            stack,
                            (where, options) -> StackStarter.start(
                                    where, options, out, spec.commandLine().getErr()),
                            new Shown(line, out))
                    .run();
        }
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        report.lines().forEach(out::println);
        out.printf(
                "%s, after %s. To do the same again: %s%n",
                report.isGood() ? "Nothing lost, nothing twice, no contradiction" : "NOT GOOD",
                Durations.shown(Duration.between(begin, Instant.now())),
                again(settings));
        return report.isGood() ? 0 : 1;
    }

    private String again(Chaos.Settings settings) {
        return "./retally chaos --seed %d --minutes %d%s%s%s"
                .formatted(
                        settings.seed(),
                        minutes,
                        rate == 300 ? "" : " --rate " + rate,
                        faults == null ? "" : " --faults " + String.join(",", faults),
                        noCalmRun ? " --no-calm-run" : "");
    }

    private List<FaultKind> kinds() {
        List<String> wanted = faults;
        if (wanted == null) {
            return List.of(FaultKind.values());
        }
        Set<FaultKind> kinds = new LinkedHashSet<>();
        for (String name : wanted) {
            List<FaultKind> named = FaultKind.named(name);
            if (named.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "there is no fault '" + name + "'; there are " + FaultKind.labels());
            }
            kinds.addAll(named);
        }
        return new ArrayList<>(kinds);
    }

    private record Shown(StepLine line, PrintWriter out) implements Chaos.Listener {
        @Override
        public void say(String text) {
            synchronized (out) {
                line.close();
                out.println(text);
                out.flush();
            }
        }

        @Override
        public void doing(String step) {
            line.show(step);
        }
    }
}
