package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running job of a stack killed, stopped with savepoints, upgraded and rescaled, each time while changes come in; after
 * each, every table equals the contract. One start for all of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class RedeploymentITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private TestingStack stack;
    private int loads;
    private CompletableFuture<String> load;

    @BeforeAll
    void up() {
        System.setProperty("retally.home", TestingStack.home().toString());
        stack = new TestingStack(folder.resolve("a stack"));
        stack.run("up", "--capture", "none");
    }

    @AfterAll
    void down() {
        stack.outcome("down");
    }

    /** Begins to write changes, more than what is done meanwhile takes. */
    private void load() {
        String[] words =
                ("load generated --reps 50 --programs 3 --interactions 6000 --rate 600 --now 2026-01-31T00:00:00Z "
                                + "--seed " + ++loads)
                        .split(" ");
        load = CompletableFuture.supplyAsync(() -> stack.run(words));
        awaitLaterEpochs();
    }

    /** Nothing was lost, nothing came twice. */
    @AfterEach
    void everyTableIsTrue() throws Exception {
        if (load != null) {
            load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> lag() == 0);
        assertThat(stack.run("verify", "--from", "logs")).contains("every table is equal");
    }

    @Test
    @Order(1)
    void aKilledJobManagerIsStartedAgainAndGoesOnFromTheNewestCheckpoint() {
        load();
        stack.kill(Part.JOBMANAGER);
        awaitLaterEpochs();
    }

    @Test
    @Order(2)
    void bothOfFlinksProcessesAreKilledAtOnce() {
        load();
        stack.kill(Part.TASKMANAGER);
        stack.kill(Part.JOBMANAGER);
        awaitLaterEpochs();
    }

    @Test
    @Order(3)
    void aJobManagerThatDiesBehindASavepointGoesOnFromWhatIsNewer() {
        load();
        String said = stack.run("savepoint");
        Path savepoint = Path.of(said.substring(0, said.indexOf(", ")));
        assertThat(savepoint.resolve("_metadata")).exists();
        stack.kill(Part.JOBMANAGER);
        awaitLaterEpochs();
        assertThat(savepoint.resolve("_metadata"))
                .as("a savepoint is the user's")
                .exists();
    }

    @Test
    @Order(4)
    void aBuildThatRunsIsUpgradedTo() {
        load();
        String before = runningJob();
        assertThat(stack.run("upgrade")).contains("The tables stood still for");
        assertThat(runningJob()).isNotEqualTo(before);
        awaitLaterEpochs();
    }

    @Test
    @Order(5)
    void aBuildThatDoesNotRestoreIsReplacedByTheOneBefore() throws IOException {
        load();
        System.setProperty(
                "retally.home",
                BrokenBuild.without("io/retally/core/ledger/RepCodec.class", folder.resolve("broken"))
                        .toString());
        try {
            TestingStack.Outcome outcome = stack.outcome("upgrade");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.said())
                    .contains("it goes on as it was before, from")
                    .containsPattern("RepCodec|KeyedRepStore");
        } finally {
            System.setProperty("retally.home", TestingStack.home().toString());
        }
        awaitLaterEpochs();
    }

    @Test
    @Order(6)
    void anUpgradeThatDiesIsFinishedByTheKeeper() throws Exception {
        load();
        String before = runningJob();
        long savepointsBefore = savepoints();
        Process upgrade = upgradeProcess();
        // The job's savepoint is there, and the job ends or has ended.
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> savepoints() > savepointsBefore);
        upgrade.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> !runningJob().equals(before));
        awaitLaterEpochs();
    }

    @Test
    @Order(7)
    void fourSlotsAndOneAgain() {
        for (String parallelism : List.of("4", "1")) {
            load();
            assertThat(stack.run("rescale", parallelism)).contains("Runs at parallelism " + parallelism);
            awaitLaterEpochs();
        }
    }

    @Test
    @Order(8)
    void whatIsUpAgainGoesOnFromTheSavepointAtTheSameParallelism() {
        stack.run("rescale", "3");
        stack.run("down");
        stack.run("up", "--capture", "none");
        assertThat(stack.run("status")).contains("RUNNING");
        load();
    }

    /**
     * Readers see no earlier state: at no moment is a row missing of a company that nothing happens to any more, while another
     * one is loaded.
     */
    @Test
    @Order(9)
    void theTablesAreRebuiltFromTheLogsInOneStep() throws Exception {
        stack.run("rescale", "2");
        Object[] companies = companies();
        long before = rowsOf(companies);
        assertThat(before).isPositive();
        load();
        CompletableFuture<String> rebuild = CompletableFuture.supplyAsync(() -> stack.run("rebuild"));
        while (!rebuild.isDone()) {
            assertThat(rowsOf(companies)).isEqualTo(before);
            Thread.sleep(20);
        }
        assertThat(rebuild.get()).contains("replaced in one step", "Rebuilt from the logs");
        stack.kill(Part.JOBMANAGER);
        awaitLaterEpochs();
    }

    /** A backup of the database alone: what the job has published since is in nobody's state any more. */
    @Test
    @Order(10)
    void aDatabaseThatWasPutBackIsRefusedAndThenRebuilt() throws IOException {
        stack.run("down");
        Path data = stack.dir().postgresData();
        Path backup = folder.resolve("backup");
        copy(data, backup);
        stack.run("up", "--capture", "none");
        load();
        load.join();
        stack.run("down");
        StackDir.removeTree(data);
        copy(backup, data);
        TestingStack.Outcome refused = stack.outcome("up", "--capture", "none");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.said()).contains("PostgreSQL was put back to an earlier state");
        stack.run("up", "--capture", "none", "--rebuild");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The accounts of all loads so far, which have ended. */
    private Object[] companies() throws SQLException {
        try (Connection connection = Endpoints.of(stack.dir()).postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet accounts =
                        statement.executeQuery("select array_agg(distinct account_id) from serving.rep_program")) {
            accounts.next();
            return (Object[]) accounts.getArray(1).getArray();
        }
    }

    private long rowsOf(Object[] companies) throws SQLException {
        try (Connection connection = Endpoints.of(stack.dir()).postgres().connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from serving.rep_program where account_id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", companies));
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    private void awaitLaterEpochs() {
        long before = epoch();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> epoch() > before + 2);
    }

    private long epoch() {
        return Optional.ofNullable(stack.status().epoch()).orElseThrow().number();
    }

    private long savepoints() throws IOException {
        try (Stream<Path> files = Files.list(stack.dir().savepoints())) {
            return files.filter(savepoint -> Files.exists(savepoint.resolve("_metadata")))
                    .count();
        }
    }

    private long lag() {
        StackStatus status = stack.status();
        return Optional.ofNullable(status.lag()).orElse(Map.of("unknown", 1L)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private String runningJob() {
        try (Stream<String> lines = Files.lines(stack.dir().settings())) {
            return lines.filter(line -> line.startsWith("job="))
                    .findFirst()
                    .map(line -> line.substring("job=".length()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The command as a process of its own, to be killed. */
    private Process upgradeProcess() throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.add("-Dretally.home=" + TestingStack.home());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Retally.class.getName()));
        line.addAll(List.of("upgrade", "--dir", stack.dir().root().toString()));
        return new ProcessBuilder(line).inheritIO().start();
    }
}
