package io.retally.devkit.cli;

import io.retally.devkit.audit.Audit;
import io.retally.devkit.audit.Connector;
import io.retally.devkit.audit.Finding;
import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.connect.ConnectorSettings;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `audit`: whether the logs say what MongoDB holds. */
@Command(
        name = "audit",
        description = {
            "Compares what the change topics last said of each document with what MongoDB holds. They differ when capture "
                    + "was away for longer than the oplog reaches: a document that was deleted meanwhile is never told of.",
            "",
            "Changes nothing, unless --repair: then the connector is paused for a moment, and what differs is written to "
                    + "the change topics. Exit code 1 when documents differ and are not repaired."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally audit",
            "  ./retally audit --repair          and correct the topics, and so the tables"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Option(names = "--repair", description = "Write the corrections to the change topics.")
    private boolean repair;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Instant begin = Instant.now();
        Audit.Result result;
        int written = 0;
        try (StepLine steps = new StepLine(out)) {
            Audit audit = audit(steps);
            result = audit.find();
            if (repair && !result.findings().isEmpty()) {
                written = audit.repair(result);
            }
        }
        print(result.findings(), out);
        String took = Durations.shown(Duration.between(begin, Instant.now()));
        if (result.findings().isEmpty()) {
            out.printf("The change topics say what MongoDB holds, after %s.%n", took);
            return 0;
        }
        if (repair) {
            out.printf(
                    "%,d of %,d documents corrected in the change topics, after %s; of the others the connector has "
                            + "spoken meanwhile.%n",
                    written, result.findings().size(), took);
            return 0;
        }
        out.printf("%,d documents differ, after %s.%n", result.findings().size(), took);
        out.println("Next: `./retally audit --repair` corrects them.");
        return 1;
    }

    private Audit audit(StepLine steps) throws IOException {
        Endpoints endpoints = Endpoints.of(dir.dir());
        String mongodb = endpoints.mongodbUri();
        String connect = endpoints.connectRest();
        if (mongodb == null || connect == null) {
            throw new StackException(
                    "this stack has no MongoDB to compare the topics with", "`./retally verify` checks the tables");
        }
        Home home = Home.find();
        String connector = ConnectorSettings.read(home.connector()).name();
        return new Audit(
                mongodb,
                endpoints.kafkaBootstrap(),
                new Connector(new ConnectRest(URI.create(connect)), connector),
                home,
                dir.dir().root().resolve("logs"),
                steps::beginning);
    }

    private static void print(List<Finding> findings, PrintWriter out) {
        findings.stream()
                .collect(Collectors.groupingBy(
                        Finding::collection,
                        () -> new TreeMap<>(),
                        Collectors.groupingBy(Finding::kind, () -> new TreeMap<>(), Collectors.toList())))
                .forEach((collection, kinds) -> kinds.forEach((kind, some) -> out.printf(
                        "  %-13s %,9d  %-30s %s%s%n",
                        collection.collectionName(),
                        some.size(),
                        kind.words(),
                        some.stream().map(Finding::id).sorted().limit(SHOWN).collect(Collectors.joining(", ")),
                        some.size() > SHOWN ? ", …" : "")));
    }
}
