package io.retally.devkit.cli;

import io.retally.devkit.stack.Capture;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.UpOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `up`: starts the stack and leaves it running. */
@Command(
        name = "up",
        description = {
            "Starts MongoDB's wire server with the Debezium connector, Kafka, Flink with the job, and PostgreSQL, each as a "
                    + "process of its own on the loopback address, and leaves them running. Returns when the first epoch is "
                    + "published. Where everything is reached is in DIR/endpoints.properties.",
            "",
            "After `down`, `up --capture none` on the same folder goes on where it was. With MongoDB, whose documents are in "
                    + "memory, it begins anew."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally up",
            "  ./retally up --no-assignments",
            "  ./retally up --capture none --epoch 1s --dir /srv/retally",
            "  ./retally up --postgres postgresql://owner:secret@127.0.0.1:5432/reports"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Option(
            names = "--capture",
            paramLabel = "mongodb|none",
            defaultValue = "mongodb",
            description =
                    "Where changes come from: MongoDB through Debezium (the default), or whoever writes the topics.")
    private Capture capture;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "An existing database and its owner, postgresql://user:password@host:port/db, in place of an "
                    + "embedded one.")
    private @Nullable String postgres;

    @Option(
            names = "--epoch",
            paramLabel = "DURATION",
            description = "Time between two publications, such as 500ms (as flink-conf has it) or 2s.")
    private @Nullable Duration epoch;

    @Option(names = "--fresh", description = "Forget what the folder (and the given database) holds and begin anew.")
    private boolean fresh;

    @Option(
            names = "--rebuild",
            description =
                    "Forget the job's state only, and read the logs from the beginning; the tables stay as they are "
                            + "until they are replaced in one step. For a database that was put back to an earlier state.")
    private boolean rebuild;

    @Option(
            names = "--assignments",
            negatable = true,
            description = "Run lesson-assignments, which assigns lessons by the rules in MongoDB's collection "
                    + "assignment_rules, or leave it out. It keeps ledgers of its own, and so about doubles what Flink has to do. "
                    + "By default it runs where there is MongoDB.")
    private @Nullable Boolean assignments;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StackDir stack = dir.dir();
        Instant begin = Instant.now();
        out.println("Starting the stack in " + stack.root());
        Endpoints endpoints =
                StackStarter.start(stack, options(), out, spec.commandLine().getErr());
        out.printf("Up in %s.%n", Durations.shown(Duration.between(begin, Instant.now())));
        out.println("  web UI      " + endpoints.flinkRest());
        out.println("  PostgreSQL  " + endpoints.postgresReader().text());
        out.println("  all of it   " + stack.endpoints());
        return 0;
    }

    private UpOptions options() {
        Duration given = epoch;
        if (given != null && (given.toMillis() < 10 || given.compareTo(Duration.ofHours(1)) > 0)) {
            throw new ParameterException(spec.commandLine(), "--epoch is from 10ms to 1h");
        }
        if (rebuild && fresh) {
            throw new ParameterException(spec.commandLine(), "--fresh leaves nothing to --rebuild: give one of them");
        }
        boolean isWithMongoDb = capture == Capture.MONGODB;
        boolean assigning = assignments == null ? isWithMongoDb : assignments;
        if (assigning && !isWithMongoDb) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--assignments needs MongoDB: leave out --capture none, or give no --assignments");
        }
        UpOptions options = new UpOptions(capture, owner(), given, fresh);
        options = assigning ? options.withAssignments() : options;
        return rebuild ? options.rebuilding() : options;
    }

    private @Nullable PostgresUrl owner() {
        String url = postgres;
        if (url == null) {
            return null;
        }
        try {
            return PostgresUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the URL of --postgres " + e.getMessage()
                            + "; its form is postgresql://user:password@host:port/db");
        }
    }
}
