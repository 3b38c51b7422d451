package io.retally.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.bench.BenchCommand;
import io.retally.devkit.cli.Subcommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class IngestCommandTest {
    @Test
    void theCommandLineFindsIt() {
        assertThat(ServiceLoader.load(Subcommand.class)).hasAtLeastOneElementOfType(BenchCommand.class);
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsStarted() {
        assertThat(said()).contains("which benchmark");
        assertThat(said("ingest", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("ingest", "--runs", "0")).contains("--runs is from 1");
    }

    private static String said(String... arguments) {
        StringWriter said = new StringWriter();
        int exitCode = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(said))
                .execute(arguments);
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        return said.toString();
    }
}
