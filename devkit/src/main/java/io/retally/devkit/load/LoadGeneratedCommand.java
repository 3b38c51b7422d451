package io.retally.devkit.load;

import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code load generated}: a coaching company. */
@Command(
        name = "generated",
        description = {
            "Loads a generated coaching company: programs of 55 lessons, videos in 15-second steps, quizzes, text "
                    + "messages, teams, reps that come, go and move, corrections and late interactions.",
            "The same seed, size and --now give the same documents, byte for byte."
        },
        mixinStandardHelpOptions = true)
final class LoadGeneratedCommand implements Callable<Integer> {
    /** All that the company does is in the years that dates of documents may be in. */
    private static final Instant EARLIEST_END = Instant.parse("0002-01-01T00:00:00Z");

    private static final Instant LATEST_END = Instant.parse("9998-01-01T00:00:00Z");

    @Option(names = "--reps", paramLabel = "N", defaultValue = "400", description = "Default: ${DEFAULT-VALUE}.")
    private int reps;

    @Option(names = "--programs", paramLabel = "N", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}.")
    private int programs;

    @Option(
            names = "--interactions",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Default: ${DEFAULT-VALUE}.")
    private long interactions;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description =
                    "End of the company's 120 days, such as 2026-01-31T00:00:00Z. Default: the last midnight, UTC.")
    private @Nullable Instant now;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        return LoadCommand.orExplain(spec, this::load);
    }

    private void load() {
        PrintWriter out = spec.commandLine().getOut();
        Instant end = now != null
                ? now
                : LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (end.isBefore(EARLIEST_END) || end.isAfter(LATEST_END)) {
            throw new WrongUsageException("--now is from " + EARLIEST_END + " to " + LATEST_END + ", not " + end + ".");
        }
        GeneratedCompany company = new GeneratedCompany(seed, new Size(reps, programs, interactions), end);
        options.load("generated", company.iterator(), interactions, out);
        out.println("To make the same again: --reps " + reps + " --programs " + programs + " --interactions "
                + interactions + " --seed " + seed + " --now " + end);
        out.flush();
    }
}
