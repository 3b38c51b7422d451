package io.retally.devkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retally.devkit.cli.TestingCheckout.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code retally}: what it builds, when, and what it says if that fails. */
class LauncherScriptTest {

    private static final String MAVEN = "echo built >> \"${0%/bin/mvn}/builds\"; "
            + "echo '[INFO] Building Retally: core 0.1.0-SNAPSHOT                    [2/9]'\n";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestingCheckout checkout;

    @BeforeEach
    void createCheckout() throws IOException {
        checkout = new TestingCheckout(folder);
        checkout.tool("mvn", MAVEN);
    }

    private List<String> builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    @Test
    void theFirstRunBuildsAndFurtherOnesDoNot() throws Exception {
        Outcome first = checkout.run("status");
        assertThat(first.exitCode()).as(first.said()).isZero();
        assertThat(first.said()).contains("this first time", "Built in", "java runs status");
        assertThat(checkout.run("status")).isEqualTo(new Outcome(0, "java runs status\n"));
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aChangedSourceIsBuiltAndATestIsNot() throws Exception {
        checkout.run("status");
        Path test = Files.createDirectories(checkout.file("core/src/test")).resolve("ATest.java");
        Files.writeString(test, "");
        checkout.run("status");
        // A report is read as it is.
        Files.writeString(Files.createDirectories(checkout.file("sql/flink")).resolve("report.sql"), "");
        checkout.run("status");
        assertThat(builds()).hasSize(1);
        Path source = Files.createDirectories(checkout.file("core/src/main")).resolve("A.java");
        Files.writeString(source, "");
        assertThat(checkout.run("status").said()).contains("as its sources changed", "java runs status");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a checkout/retally"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("bin/retally"), link);
        assertThat(checkout.outcome(List.of(linkToLink.toString(), "status")).said())
                .contains("java runs status");
        assertThat(checkout.file("devkit/target/retally.built")).exists();
    }

    /**
     * The script looks into Maven's log from the beginning on. Its own first look is over here before Maven's log is opened:
     * what opens it waits for {@code readlink}, and that for the script's first {@code sleep}.
     */
    @Test
    void onATerminalTheBuildIsWaitedForThoughMavenHasNotOpenedItsLogYet() throws Exception {
        Optional<Path> scriptTool = TestingCheckout.find("script");
        assumeTrue(
                scriptTool.isPresent() && isOfUtilLinux(scriptTool.get()),
                "no util-linux script, which makes a terminal");
        Path looked = folder.resolve("looked");
        assertThat(new ProcessBuilder("mkfifo", looked.toString()).start().waitFor())
                .isZero();
        checkout.tool("readlink", "read -r turn < '%s'; echo \"$2\"\n".formatted(looked));
        checkout.tool("sleep", "[ -e '%1$s.once' ] || { touch '%1$s.once'; echo > '%1$s'; }\n".formatted(looked));
        try {
            Outcome outcome = checkout.runOnATerminal(scriptTool.get(), "status");
            assertThat(outcome.said()).doesNotContain("can't read").contains("Built in", "java runs status");
            assertThat(outcome.exitCode()).isZero();
        } finally {
            try (RandomAccessFile whoeverWaits = new RandomAccessFile(looked.toFile(), "rw")) {
                whoeverWaits.write('\n');
            }
        }
    }

    private static boolean isOfUtilLinux(Path scriptTool) throws Exception {
        Process version = new ProcessBuilder(scriptTool.toString(), "--version").start();
        return new String(version.getInputStream().readAllBytes(), UTF_8).contains("util-linux");
    }

    @Test
    void aFailedBuildShowsTheCompilersErrors() throws Exception {
        checkout.tool("mvn", """
                echo '[INFO] Compiling 60 source files'
                echo '[ERROR] /home/x/core/src/main/java/io/retally/core/A.java:[3,5] not a statement'
                echo '[ERROR] Failed to execute goal maven-compiler-plugin:compile'
                exit 1
                """);
        Outcome outcome = checkout.run("status");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.said())
                .contains("A.java:[3,5] not a statement", "Failed to execute goal")
                .doesNotContain("[INFO]", "java runs")
                .contains("retally: the build failed; the whole log is " + checkout.file("devkit/target/build.log"));
        assertThat(checkout.file("devkit/target/build.log")).content().contains("Compiling 60");
        try (Stream<Path> left = Files.list(checkout.file("devkit/target"))) {
            assertThat(left)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .doesNotContain("retally.built");
        }
        checkout.tool("mvn", MAVEN);
        assertThat(checkout.run("status").said()).contains("Built in", "java runs status");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        Outcome outcome = checkout.run("status");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.said()).contains("retally: needs Maven 3.8 or later to build");
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        for (Path none : List.of(
                folder.resolve("nothing"),
                checkout.java("a runtime without a compiler", "17.0.9"),
                oldJdk(),
                // What macOS has without any JDK.
                checkout.java("stub", "echo 'Unable to locate a Java Runtime.' >&2", 1))) {
            checkout.useJdk(none);
            Outcome outcome = checkout.run("status");
            assertThat(outcome.said())
                    .as("JAVA_HOME=%s", none)
                    .contains("retally: needs a JDK 17 or later; install one");
            assertThat(outcome.exitCode()).isEqualTo(2);
        }
        assertThat(builds()).isEmpty();
    }

    private Path oldJdk() throws IOException {
        Path old = checkout.java("old", "11.0.2");
        Files.copy(folder.resolve("jdk/bin/javac"), old.resolve("bin/javac"));
        return old;
    }

    @Test
    void aJdkIsFoundThoughJavaHomeNamesNone() throws Exception {
        Files.createDirectories(folder.resolve("jvm"));
        Files.createSymbolicLink(folder.resolve("jvm/17"), folder.resolve("jdk"));
        checkout.useJdk(checkout.java("stub", "exit 1", 1));
        assertThat(checkout.run("status").said()).contains("java runs status");
    }
}
