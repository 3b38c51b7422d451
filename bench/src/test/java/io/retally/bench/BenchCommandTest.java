package io.retally.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.cli.Subcommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    @Test
    void theCommandLineFindsIt() {
        assertThat(ServiceLoader.load(Subcommand.class)).hasAtLeastOneElementOfType(BenchCommand.class);
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsStarted() {
        assertThat(said()).contains("which benchmark");
        assertThat(said("ingest", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("ingest", "--runs", "0")).contains("--runs is from 1");
        assertThat(said("freshness", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("freshness", "--rates", "0.5,0")).contains("--rates are shares");
        assertThat(said("freshness", "--limit", "0")).contains("--limit is above 0");
        assertThat(said("freshness", "--minutes", "-1")).contains("--minutes is from 0");
        assertThat(said("freshness", "--contact-interactions", "0")).contains("--contact-interactions is from 1");
        assertThat(said("freshness", "--program-reps", "0")).contains("--program-reps is from 1");
        assertThat(said("recovery", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("recovery", "--runs", "0")).contains("--runs is from 1");
        assertThat(said("recovery", "--rate", "0")).contains("--rate is above 0");
        assertThat(said("recovery", "--pause", "-1")).contains("--pause is from 0");
        assertThat(said("query", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("query", "--managers", "1,0")).contains("--managers are from 1");
        assertThat(said("query", "--think", "-1")).contains("--think is from 0");
        assertThat(said("query", "--seconds", "0")).contains("--seconds is from 1");
        assertThat(said("query", "--connections", "41")).contains("--connections is from 1");
        assertThat(said("query", "--rate", "0")).contains("--rate is above 0");
        assertThat(said("query", "--samples", "0")).contains("--samples is from 1");
        assertThat(said("query", "--runs", "0")).contains("--runs is from 1");
        assertThat(said("query", "--only", "postgres,oracle")).contains("--only names peers");
        assertThat(said("query", "--only", "none,postgres")).contains("--only names peers");
        assertThat(said("scale", "--slice", "0")).contains("--slice is from 1");
        assertThat(said("scale", "--interactions", "1500000")).contains("--interactions is a multiple of --slice");
        assertThat(said("scale", "--reps", "1")).contains("--reps is from 2");
        assertThat(said("scale", "--program-reps", "300")).contains("--program-reps are divisors");
        assertThat(said("scale", "--program-reps", "1000,100")).contains("--program-reps are divisors");
        assertThat(said("scale", "--curve", "height")).contains("--curve");
        assertThat(said("assignments", "--interactions", "0")).contains("--interactions is from 1");
        assertThat(said("assignments", "--runs", "0")).contains("--runs is from 1");
        assertThat(said("assignments", "--rate", "0")).contains("--rate is above 0");
        assertThat(said("assignments", "--probes", "0")).contains("--probes is from 1");
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
