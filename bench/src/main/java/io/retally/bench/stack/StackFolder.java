package io.retally.bench.stack;

import io.retally.devkit.stack.Capture;
import io.retally.devkit.stack.Detour;
import io.retally.devkit.stack.UpOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a benchmark has its stack; mixed into its command. */
public final class StackFolder {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The folder of its stack, which is emptied; .retally-bench in the project's folder if not given.")
    private @Nullable Path dir;

    /**
     * Starts the stack, without MongoDB: what is measured begins in the logs. One that is up there already, or somebody's own
     * files, are refused and left alone.
     */
    public BenchStack start(Duration epoch, CommandSpec command) throws IOException, InterruptedException {
        return BenchStack.start(dir, new UpOptions(Capture.NONE, null, epoch, true, false, Detour.NONE), command);
    }

    /**
     * Starts the stack, with MongoDB.
     *
     * @param assignments lesson-assignments runs in it, too
     */
    public BenchStack startWithMongoDb(Duration epoch, boolean assignments, CommandSpec command)
            throws IOException, InterruptedException {
        UpOptions options = new UpOptions(Capture.MONGODB, null, epoch, true, false, Detour.NONE);
        return BenchStack.start(dir, assignments ? options.withAssignments() : options, command);
    }
}
