package io.retally.bench;

import io.retally.bench.assignments.AssignmentsCommand;
import io.retally.bench.freshness.FreshnessCommand;
import io.retally.bench.ingest.IngestCommand;
import io.retally.bench.jmh.JmhCommand;
import io.retally.bench.query.QueryCommand;
import io.retally.bench.recovery.RecoveryCommand;
import io.retally.bench.scale.ScaleCommand;
import io.retally.devkit.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** `bench`: the benchmarks by name. */
@Command(
        name = "bench",
        description = "Measures on this machine, on a stack of its own.",
        synopsisSubcommandLabel = "NAME",
        mixinStandardHelpOptions = true,
        subcommands = {
            IngestCommand.class,
            FreshnessCommand.class,
            RecoveryCommand.class,
            QueryCommand.class,
            ScaleCommand.class,
            AssignmentsCommand.class,
            JmhCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchCommand implements Subcommand, Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which benchmark? There are: ingest, freshness, recovery, query, scale, assignments, jmh");
    }
}
