package io.retally.devkit.cli;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackStatus;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `status`: how the stack is. */
@Command(
        name = "status",
        description =
                "Shows the parts, the job, the published epoch and its age, the lag of messages that are not published "
                        + "yet, and the dead letters by reason. Exit code 1 when something is down.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./retally status",
            "  ./retally status --dir /srv/retally || ./retally logs jobmanager"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StackDir stack = dir.dir();
        if (Endpoints.find(stack).isEmpty()) {
            out.println("No stack is up in " + stack.root() + ". Start one with `./retally up`.");
            return 1;
        }
        StackStatus status = StackStatus.of(stack);
        for (StackStatus.PartStatus part : status.parts()) {
            String state = part.isUp() ? "up    pid " + part.pid() : "DOWN";
            out.printf("%-12s %-17s %s%n", part.part().label(), state, part.address());
        }
        String job = status.jobState() == null ? "unknown: the job manager does not answer" : status.jobState();
        out.printf("%-12s %s%s%n", "job", job, restarts(status));
        if (status.assignmentsState() != null) {
            out.printf("%-12s %s%n", "assignments", status.assignmentsState());
        }
        out.printf("%-12s %s%n", "epoch", epoch(status.epoch()));
        out.printf(
                "%-12s %s%n", "lag", counts(status.lag(), " messages", "unknown: Kafka or PostgreSQL does not answer"));
        out.printf("%-12s %s%n", "dead letters", counts(status.deadLetters(), "", "unknown: Kafka does not answer"));
        return status.isUp() ? 0 : 1;
    }

    private static String restarts(StackStatus status) {
        if (status.jobRestarts() == 0) {
            return "";
        }
        String last = status.lastException();
        return ", restarted %d times%s".formatted(status.jobRestarts(), last == null ? "" : ", last for: " + last);
    }

    private static String epoch(StackStatus.@Nullable Epoch epoch) {
        if (epoch == null) {
            return "none is published, or PostgreSQL does not answer";
        }
        String source = epoch.sourceAge() == null
                ? "no change yet"
                : "newest change " + Durations.shown(epoch.sourceAge()) + " ago";
        return "%d, published %s ago, %s".formatted(epoch.number(), Durations.shown(epoch.age()), source);
    }

    private static String counts(@Nullable Map<String, Long> counts, String unit, String unknown) {
        if (counts == null) {
            return unknown;
        }
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue() + unit)
                        .collect(Collectors.joining(", "));
    }
}
