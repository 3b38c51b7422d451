package io.retally.devkit.cli;

import io.retally.devkit.stack.Savepoints;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `savepoint`: takes one of the running job. */
@Command(
        name = "savepoint",
        description =
                "Takes a savepoint of the running job, which goes on, and prints its folder, its size and how long it "
                        + "took. It stays in DIR/flink/savepoints until you remove it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./retally savepoint", "  ./retally savepoint --dir /srv/retally"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SavepointCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Savepoints.Taken taken = Failures.told(new Savepoints(dir.dir())::take);
        out.printf("%s, %,d bytes, taken in %s%n", taken.path(), taken.bytes(), Durations.shown(taken.took()));
        return 0;
    }
}
