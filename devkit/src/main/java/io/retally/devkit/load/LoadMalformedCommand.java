package io.retally.devkit.load;

import io.retally.devkit.load.changes.MalformedMessages;
import io.retally.devkit.load.destination.RawMessages;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code load malformed}: messages that must all end as dead letters. */
@Command(
        name = "malformed",
        description = {
            "Writes malformed messages of many kinds to the live topics in Kafka, each to become one dead letter.",
            "None of them changes a document: what can be read of them is about ids that nothing else has."
        },
        mixinStandardHelpOptions = true)
final class LoadMalformedCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--messages", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int messages;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        return LoadCommand.orExplain(spec, this::load);
    }

    private void load() {
        if (messages < 0) {
            throw new WrongUsageException("--messages is 0 or more, not " + messages + ".");
        }
        Map<String, Integer> counts = new TreeMap<>();
        try (RawMessages kafka = new RawMessages(stack.kafka())) {
            new MalformedMessages(stack.topicPrefix(), seed).first(messages).forEach(message -> {
                String topic = stack.topicPrefix() + ".coaching."
                        + message.collection().collectionName();
                kafka.send(topic, message.key(), message.value());
                counts.merge(message.kind(), 1, Integer::sum);
            });
            kafka.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        counts.forEach((kind, count) -> out.println(String.format(Locale.ROOT, "%,7d  %s", count, kind)));
        out.println(String.format(Locale.ROOT, "%,7d  dead letters to be expected", messages));
        out.flush();
    }
}
