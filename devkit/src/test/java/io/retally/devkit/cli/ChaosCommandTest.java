package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.chaos.Chaos;
import io.retally.devkit.chaos.FaultKind;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosCommandTest {
    private static Chaos.Settings settings(String... arguments) {
        ChaosCommand command = new ChaosCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.settings();
    }

    /** The option was taken, and the calm run made all the same. */
    @Test
    void aCalmRunIsMadeUnlessItIsRefused() {
        assertThat(settings().calmRun()).isTrue();
        assertThat(settings("--no-calm-run").calmRun()).isFalse();
    }

    @Test
    void aNameStandsForAllOfItsKind() {
        assertThat(settings("--faults", "kill,slow-postgres").kinds())
                .contains(FaultKind.KILL_KAFKA, FaultKind.KILL_POSTGRES, FaultKind.SLOW_POSTGRES)
                .doesNotContain(FaultKind.PAUSE_KAFKA);
        assertThat(settings("--seed", "7", "--minutes", "3").minutes()).isEqualTo(3);
    }
}
