package io.retally.devkit.audit;

import io.retally.devkit.connect.ConnectSettings;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.OwnJob;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The job `audit`, run in a JVM of its own. */
final class AuditJob {
    private static final String MAIN = "io.retally.jobs.audit.AuditJob";
    private static final String PROGRESS = "audit: ";

    private final Home home;
    private final Path folder;

    /** @param folder for its log and what it finds */
    AuditJob(Home home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    Findings run(String kafkaBootstrap, String mongodbUri, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path file = folder.resolve("audit.findings");
        StackDir.writePrivately(file, ""); // ids may be someone's business
        try {
            new OwnJob(home, folder.resolve("audit.log"))
                    .run(
                            MAIN,
                            List.of(
                                    "--kafka.bootstrap",
                                    kafkaBootstrap,
                                    "--topic.prefix",
                                    Topics.PREFIX,
                                    "--findings",
                                    file.toString()),
                            Map.of(ConnectSettings.MONGODB_URI, mongodbUri),
                            PROGRESS,
                            progress);
            return Findings.read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
