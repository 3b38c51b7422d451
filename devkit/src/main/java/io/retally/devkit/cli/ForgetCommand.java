package io.retally.devkit.cli;

import io.retally.devkit.forget.Forget;
import io.retally.devkit.forget.LettersAbout;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackException;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `forget`: a contact who is to be forgotten. */
@Command(
        name = "forget",
        description = {
            "Deletes a contact, its enrolments and its interactions in MongoDB, and those that only the change topics "
                    + "know; waits until no table has a row of it, and says what is left of it where, and until when.",
            "",
            "Exit code 1 when a table still has a row."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally forget 6500000000000000000003e9",
            "  ./retally forget 6500000000000000000003e9 --yes        without being asked"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ForgetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Parameters(paramLabel = "CONTACT", description = "The contact's id, as the tables show it.")
    private String contact;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Endpoints endpoints = Endpoints.of(dir.dir());
        String stored;
        try (StepLine steps = new StepLine(out)) {
            stored = new Forget(endpoints, contact, steps::beginning)
                    .stored().entrySet().stream()
                            .map(count -> String.format(
                                    Locale.ROOT,
                                    "%,d %s",
                                    count.getValue(),
                                    count.getKey().collectionName()))
                            .collect(Collectors.joining(", "));
        }
        out.printf("MongoDB has of contact %s: %s.%n", contact, stored.isEmpty() ? "no database" : stored);
        if (!yes) {
            confirm();
        }
        Instant begin = Instant.now();
        Forget.Left left;
        try (StepLine steps = new StepLine(out)) {
            left = new Forget(endpoints, contact, steps::beginning).forget();
        }
        print(left, Duration.between(begin, Instant.now()), out);
        return left.isPublished() ? 1 : 0;
    }

    @SuppressWarnings("SystemConsoleNull") // Later JDKs have a console where nobody is: its answer is null, and no id.
    private void confirm() {
        Console console = System.console();
        if (console == null) {
            throw new StackException("nobody is there to confirm the deletion", "give --yes");
        }
        String answer = console.readLine("This cannot be undone. Type the contact's id to delete all of it: ");
        if (!contact.equals(answer)) {
            throw new StackException("not confirmed, and nothing is deleted", "type the id as it is, or give --yes");
        }
    }

    private static void print(Forget.Left left, Duration took, PrintWriter out) {
        out.printf("Deleted and published, after %s.%n", Durations.shown(took));
        if (left.deletions() > 0) {
            out.printf("  %,d documents that only the change topics had: deletions written.%n", left.deletions());
        }
        for (Map.Entry<String, Long> table : left.rows().entrySet()) {
            out.printf("  %-22s %,d rows%n", table.getKey(), table.getValue());
        }
        out.printf("  %-22s %s%n", "dead letters", letters(left.letters()));
        out.printf(
                "  %-22s %,d messages hold its documents, %,d of backfills: until compaction%n",
                "change topics", left.liveMessages() + left.backfillMessages(), left.backfillMessages());
        out.printf(
                "  %-22s %s%n", "Flink's state", "a byte under each document's id; files with more go within a week");
        out.println("What that means, and what else may hold something: docs/privacy.md");
    }

    private static String letters(LettersAbout letters) {
        if (letters.count() == 0) {
            return "none mentions it";
        }
        Instant until = letters.until();
        return String.format(
                Locale.ROOT,
                "%,d mention it; %s",
                letters.count(),
                until == null
                        ? "their topic keeps them for ever"
                        : "the last is gone by "
                                + until.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
    }
}
