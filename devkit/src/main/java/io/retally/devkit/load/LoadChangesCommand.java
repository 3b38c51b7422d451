package io.retally.devkit.load;

import io.retally.devkit.load.changes.ChangesToDocuments;
import io.retally.devkit.load.changes.CurrentDocuments;
import io.retally.devkit.load.changes.KafkaDocuments;
import io.retally.devkit.load.changes.MongoDocuments;
import io.retally.devkit.load.changes.WantedChanges;
import io.retally.devkit.load.destination.KafkaTarget;
import io.retally.devkit.load.destination.Target;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code load changes}: changes to documents that are there. */
@Command(
        name = "changes",
        description = {
            "Changes documents that are there, in MongoDB or (with --through kafka) as the live topics have them.",
            "The seed chooses which ones."
        },
        mixinStandardHelpOptions = true)
final class LoadChangesCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(
            names = "--through",
            paramLabel = "WAY",
            description = "mongodb or kafka. Default: mongodb if the stack has it.")
    private @Nullable Through through;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--contacts-removed",
            paramLabel = "N",
            description = "Contacts to remove, half by deletion, half by removedAt.")
    private int removed;

    @Option(names = "--restored", paramLabel = "N", description = "How many of the removed contacts come back.")
    private int restored;

    @Option(names = "--moved", paramLabel = "N", description = "Contacts to move to another team.")
    private int moved;

    @Option(names = "--interactions-deleted", paramLabel = "N", description = "Interactions to delete.")
    private int deleted;

    @Option(
            names = "--corrected",
            paramLabel = "N",
            description = "Interactions to correct: answers if there are enough, else also times.")
    private int corrected;

    @Option(names = "--backfilled", paramLabel = "N", description = "Interactions to add in the year before.")
    private int backfilled;

    @Option(
            names = "--backfill-topic",
            description = "Write those to the backfill topic instead of the live collection.")
    private boolean backfillTopic;

    @Option(names = "--lesson-removed", description = "Remove a lesson of a program.")
    private boolean lessonRemoved;

    @Option(names = "--pass-percent", paramLabel = "P", description = "New pass mark of that program, 0 to 100.")
    private @Nullable Integer passPercent;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        return LoadCommand.orExplain(spec, this::load);
    }

    private void load() {
        WantedChanges wanted =
                new WantedChanges(removed, restored, moved, deleted, corrected, backfilled, lessonRemoved, passPercent);
        Through way = stack.through(through);
        ChangesToDocuments.Chosen chosen;
        try (CurrentDocuments documents = documents(way)) {
            chosen = ChangesToDocuments.choose(documents, wanted, seed, Instant.now());
        }
        try (Target target = stack.target(way)) {
            write("changes", chosen.changes(), target);
            if (!backfillTopic) {
                write("backfill", chosen.backfills(), target);
            }
        }
        if (backfillTopic) {
            try (Target topic = new KafkaTarget(stack.kafka(), stack.topicPrefix(), KafkaTarget.BACKFILL)) {
                write("backfill", chosen.backfills(), topic);
            }
        }
    }

    private CurrentDocuments documents(Through way) {
        return switch (way) {
            case MONGODB -> new MongoDocuments(stack.mongodb());
            case KAFKA -> new KafkaDocuments(stack.kafka(), stack.topicPrefix());
            case NOWHERE ->
                throw new WrongUsageException("There is nothing to change nowhere. Use --through mongodb or kafka.");
        };
    }

    private void write(String what, List<ChangeOfDocument> changes, Target target) {
        if (!changes.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            LoadSummary summary = new Load(target, RateLimit.none(), out).run(what, changes.iterator(), changes.size());
            out.println(summary.line(what));
            out.flush();
        }
    }
}
