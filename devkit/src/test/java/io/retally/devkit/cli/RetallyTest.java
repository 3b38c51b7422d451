package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line without a stack: help, wrong usage, and errors that say the next step. */
class RetallyTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void home() {
        System.setProperty(
                "retally.home", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @AfterAll
    static void noHome() {
        System.clearProperty("retally.home");
    }

    private int run(String... arguments) {
        return Retally.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (CommandLine command : Retally.commandLine().getSubcommands().values()) {
            assertThat(command.getCommandSpec().optionsMap())
                    .as(command.getCommandName())
                    .containsKey("--help");
        }
        for (String command : new String[] {"up", "down", "status", "logs", "verify", "demo"}) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).contains("Examples:", "./retally " + command);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --capture mysql       | mysql",
                "up --epoch soon          | 'soon' is no duration",
                "up --epoch 1ms           | --epoch is from 10ms to 1h",
                "up --postgres localhost  | must begin with postgresql://",
                "up --assignments --capture none | --assignments needs MongoDB",
                "logs                     | PART",
                "logs zookeeper           | no part is called 'zookeeper'; there are keeper, connect",
                "logs kafka --lines -1    | --lines must not be negative",
                "demo --company huge      | huge",
                "dwon                     | dwon",
            })
    void wrongUsageIsALineAndTheNextStep(String line, String message) {
        assertThat(run(line.strip().split(" +"))).isEqualTo(2);
        assertThat(err.toString()).contains(message.strip(), "--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "logs kafka"})
    void withoutAStackTheNextStepIsUp(String line) {
        assertThat(run((line + " --dir " + folder).split(" "))).isEqualTo(1);
        assertThat(err.toString()).contains("Next: start", "./retally up").doesNotContain("\tat ");
    }

    @Test
    void downAndStatusWithoutAStack() {
        assertThat(run("down", "--dir", folder.toString())).isZero();
        assertThat(out.toString()).contains("Nothing was up");
        assertThat(run("status", "--dir", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("No stack is up");
    }

    @Test
    void aFolderOfSomebodysOwnIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("kafka"));
        assertThat(run("up", "--dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("holds kafka, which no stack has made");
        assertThat(run("up", "--fresh", "--dir", folder.toString())).isEqualTo(1);
        assertThat(folder.resolve("kafka")).exists();
    }

    @Test
    void logsShowTheEnd() throws Exception {
        Path log = Files.createDirectories(folder.resolve("logs")).resolve("kafka.log");
        Files.writeString(log, "one\ntwo\nthree\n");
        assertThat(run("logs", "kafka", "--lines", "2", "--dir", folder.toString()))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("two", "three");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "1m, 60000", "1 h, 3600000", "250 MS, 250"})
    void durationsAreRead(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"412, 412 ms", "1200, 1.2 s", "61000, 1 min 1 s", "7260000, 2 h 1 min"})
    void durationsAreShown(long millis, String text) {
        assertThat(Durations.shown(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void aPortThatAnswersNobodyIsNoStack() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    folder.resolve("endpoints.properties"), "kafka.bootstrap=127.0.0.1:" + other.getLocalPort() + "\n");
            assertThat(run("verify", "--dir", folder.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("postgres.url is missing", "./retally down");
        }
    }
}
