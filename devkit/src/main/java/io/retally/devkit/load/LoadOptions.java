package io.retally.devkit.load;

import io.retally.devkit.load.destination.Target;
import java.io.PrintWriter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a load that streams many documents: where to, and how fast. */
final class LoadOptions {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(
            names = "--through",
            paramLabel = "WAY",
            description = "mongodb: write documents, Debezium captures them. kafka: write the change messages. "
                    + "nowhere: only make the documents. Default: mongodb if the stack has it, else kafka.")
    private @Nullable Through through;

    @Option(names = "--rate", paramLabel = "N", description = "At most N interactions a second. Default: no limit.")
    private @Nullable Double rate;

    /** Writes the changes and prints a summary. */
    void load(String what, Iterator<ChangeOfDocument> changes, long interactions, PrintWriter out) {
        RateLimit limit = rate == null ? RateLimit.none() : RateLimit.perSecond(rate);
        try (Target target = stack.target(stack.through(through))) {
            LoadSummary summary = new Load(target, limit, out).run(what, changes, interactions);
            out.println(summary.line(what));
            out.flush();
        }
    }
}
