package io.retally.devkit.cli;

import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Redeployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `rescale`: the job goes on at another parallelism. */
@Command(
        name = "rescale",
        description = {
            "Stops the job with a savepoint and starts it from there at another parallelism. The task manager is started anew "
                    + "with as many slots (two at least), which share its memory. `up` after `down` keeps the parallelism."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./retally rescale 4", "  ./retally rescale 1 --dir /srv/retally"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RescaleCommand implements Callable<Integer> {
    /** What the key groups of the job's state allow. */
    private static final int MAX_PARALLELISM = 128;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Parameters(paramLabel = "N", description = "Slots that share the work, 1 to " + MAX_PARALLELISM + ".")
    private int parallelism;

    @Override
    public Integer call() throws Exception {
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new ParameterException(spec.commandLine(), "N is from 1 to " + MAX_PARALLELISM);
        }
        try (StartProgress progress = new StartProgress(spec.commandLine().getOut())) {
            Redeployment redeployment = new Redeployment(dir.dir(), Home.find(), progress);
            Redeployment.Result result = Failures.told(() -> redeployment.rescale(parallelism));
            progress.note("Runs at parallelism %d. The tables stood still for %s."
                    .formatted(parallelism, Durations.shown(result.stoodStill())));
        }
        return 0;
    }
}
