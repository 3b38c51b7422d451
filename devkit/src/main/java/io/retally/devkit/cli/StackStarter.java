package io.retally.devkit.cli;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.PartFailure;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.StackStart;
import io.retally.devkit.stack.UpOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Starts a stack before the user's eyes; of a part that fails, shows the log's end. */
public final class StackStarter {
    private static final int LINES_OF_LOG = 20;

    private StackStarter() {}

    public static Endpoints start(StackDir dir, UpOptions options, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        try (StartProgress progress = new StartProgress(out)) {
            return new StackStart(dir, Home.find(), options, progress).start();
        } catch (PartFailure failure) {
            Optional<Part> part = failure.part();
            if (part.isPresent()) {
                err.println("The end of " + dir.log(part.get()) + ":");
                LogTail.withoutFrames(dir.log(part.get()), LINES_OF_LOG).forEach(line -> err.println("  | " + line));
            }
            throw new StackException(
                    failure.getMessage() + "; nothing is left running",
                    "mend what the log says and run it again (`./retally logs PART` shows more)",
                    failure);
        }
    }
}
