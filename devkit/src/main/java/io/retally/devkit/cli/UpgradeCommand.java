package io.retally.devkit.cli;

import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Redeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `upgrade`: the job goes on with the project's present build. */
@Command(
        name = "upgrade",
        description = {
            "Stops the job with a savepoint and starts the project's present build from it. MongoDB, the connector, Kafka and "
                    + "PostgreSQL go on; the tables stay readable and stand still meanwhile. A job that is failing is "
                    + "replaced, too: the build begins from its last checkpoint.",
            "",
            "If the new build's job cannot be restored, the one before goes on from the savepoint, and the exit code is 1. "
                    + "A build with other versions of Flink or its connectors needs `down` and `up`."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./retally upgrade", "  ./retally upgrade --dir /srv/retally"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpgradeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Override
    public Integer call() throws Exception {
        try (StartProgress progress = new StartProgress(spec.commandLine().getOut())) {
            Redeployment redeployment = new Redeployment(dir.dir(), Home.find(), progress);
            Redeployment.Result result = Failures.told(redeployment::upgrade);
            progress.note("Upgraded. The tables stood still for " + Durations.shown(result.stoodStill()) + ".");
        }
        return 0;
    }
}
