package io.retally.devkit.cli;

import io.retally.devkit.stack.AssignmentsJob;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.verify.DeadLetterCheck;
import io.retally.devkit.verify.Verification;
import io.retally.oracle.Published;
import io.retally.oracle.TableComparison;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `verify`: whether what is published is true. */
@Command(
        name = "verify",
        description = {
            "Works out every table of the contract from the current documents and compares it, row by row, with what is "
                    + "published. Prints a line a table; exit code 1 and the first difference when one is not equal.",
            "",
            "From MongoDB (and the backfill topics) it is exact while nothing changes; from the logs always, since the "
                    + "published epoch knows which prefix of each log it stands for. From the logs also the dead letters are compared: "
                    + "each message that is unusable must have become exactly one, with its bytes.",
            "",
            "Of a stack with lesson-assignments, MongoDB's collection assignments is compared as well, with what the rules "
                    + "make of the documents in MongoDB; not from the logs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  ./retally verify", "  ./retally verify --from logs      exact under load"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {
    /** Where the documents are read. */
    enum Source {
        MONGODB,
        LOGS
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Option(
            names = "--from",
            paramLabel = "mongodb|logs",
            description = "Where the documents are read: MongoDB if the stack has one, else the logs.")
    private @Nullable Source from;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Endpoints endpoints = Endpoints.of(dir.dir());
        Instant begin = Instant.now();
        Verification.Result result;
        try (StepLine steps = new StepLine(out)) {
            result = run(new Verification(endpoints, AssignmentsJob.isIn(dir.dir()), steps::beginning), endpoints);
        }
        result.comparison().tables().forEach(table -> print(table, out));
        result.assignments().ifPresent(table -> print(table, out));
        result.deadLetters().ifPresent(letters -> print(letters, out));
        Published.Epoch epoch = result.published().epoch().orElseThrow();
        boolean equal = result.isEqual();
        out.printf(
                "Epoch %d: %s, after %s.%n",
                epoch.epoch(),
                equal ? "every table is equal" : "NOT EQUAL",
                Durations.shown(Duration.between(begin, Instant.now())));
        if (result.moving()) {
            out.println("Changes arrived meanwhile: stop the load, or verify --from logs, for an exact answer.");
        }
        return equal ? 0 : 1;
    }

    private Verification.Result run(Verification verification, Endpoints endpoints) throws Exception {
        String mongodb = endpoints.mongodbUri();
        if (from == Source.MONGODB && mongodb == null) {
            throw new StackException("this stack has no MongoDB", "verify --from logs");
        }
        return mongodb == null || from == Source.LOGS ? verification.fromLogs() : verification.fromMongo(mongodb);
    }

    private static void print(DeadLetterCheck.Result letters, PrintWriter out) {
        if (letters.isExact()) {
            out.printf("  %-18s %,12d      each once%n", "dead letters", letters.expected());
        } else {
            out.printf(
                    "  %-18s %,12d expected  DIFFERENT: %,d missing, %,d repeated, %,d unexpected, %,d with other bytes%n",
                    "dead letters",
                    letters.expected(),
                    letters.missing(),
                    letters.repeated(),
                    letters.unexpected(),
                    letters.changed());
            letters.first().ifPresent(first -> out.println("      first: " + first));
        }
    }

    private static void print(TableComparison table, PrintWriter out) {
        if (table.isEqual()) {
            out.printf("  %-18s %,12d rows  equal%n", table.table(), table.published());
        } else {
            out.printf(
                    "  %-18s %,12d rows  DIFFERENT, expected %,d: %,d missing, %,d unexpected, %,d different%n",
                    table.table(),
                    table.published(),
                    table.expected(),
                    table.missing(),
                    table.unexpected(),
                    table.different());
            table.firstDifference().ifPresent(first -> out.println("      first: " + first));
        }
    }
}
