package io.retally.devkit.cli;

import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Redeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `rebuild`: the tables anew from the logs. */
@Command(
        name = "rebuild",
        description = {
            "Cancels the job and starts it from empty state: it reads the logs from the beginning. The tables stay readable and "
                    + "stand still until it has read as far as they stand for; then they are replaced in one step.",
            "",
            "For tables or state that are damaged, and after PostgreSQL was put back to an earlier state. Its checkpoints and "
                    + "savepoints are removed: nothing could go on from them any more."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./retally rebuild", "  ./retally rebuild --dir /srv/retally"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Override
    public Integer call() throws Exception {
        try (StartProgress progress = new StartProgress(spec.commandLine().getOut())) {
            Redeployment redeployment = new Redeployment(dir.dir(), Home.find(), progress);
            progress.note("Rebuilt from the logs. The tables stood still for "
                    + Durations.shown(Failures.told(redeployment::rebuild)) + ".");
        }
        return 0;
    }
}
