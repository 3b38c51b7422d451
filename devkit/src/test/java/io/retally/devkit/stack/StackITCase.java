package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole stack without MongoDB: up, its parts killed, down, up again, down; nothing left running. */
class StackITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private StackDir dir() {
        return new StackDir(folder.resolve("a stack"));
    }

    @AfterEach
    void stop() {
        new StackDown(dir()).stop(part -> {});
    }

    @Test
    void upKilledDownUpDown() throws Exception {
        System.setProperty(
                "retally.home", Path.of("..").toAbsolutePath().normalize().toString());
        StackDir dir = dir();
        Endpoints endpoints = up(Capture.NONE);
        List<ProcessHandle> processes = processes(dir);
        long epoch = epoch(endpoints);

        StackStatus status = StackStatus.of(dir);
        assertThat(status.isUp()).as(status.toString()).isTrue();
        assertThat(status.parts()).allSatisfy(part -> assertThat(part.pid()).isNotNull());
        assertThat(status.lag()).containsEntry("live", 0L).containsEntry("backfill", 0L);
        assertThat(status.deadLetters()).isEmpty();
        readersMayReadOnly(endpoints);
        postgresIsDurable(endpoints);

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> up(Capture.NONE))
                .withMessageContaining("a stack is up in");

        kill(dir, Part.TASKMANAGER);
        awaitLaterEpoch(endpoints, epoch(endpoints));
        kill(dir, Part.JOBMANAGER);
        awaitLaterEpoch(endpoints, epoch(endpoints));
        kill(dir, Part.POSTGRES);
        awaitLaterEpoch(endpoints, epoch);
        processes.addAll(processes(dir));

        long last = epoch(endpoints);
        assertThat(new StackDown(dir).stop(part -> {})).isEqualTo(5);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(Endpoints.find(dir)).isEmpty();
        assertThat(new StackDown(dir).stop(part -> {})).isZero();

        Endpoints again = up(Capture.NONE);
        assertThat(notes).anyMatch(note -> note.startsWith("Going on from"));
        assertThat(epoch(again)).isGreaterThanOrEqualTo(last);
        awaitLaterEpoch(again, last);
        processes.addAll(processes(dir));
        new StackDown(dir).stop(part -> {});
        assertThat(processes).noneMatch(ProcessHandle::isAlive);

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> up(Capture.MONGODB))
                .withMessageContaining("without MongoDB");
    }

    private Endpoints up(Capture capture) throws InterruptedException {
        Progress progress = new Progress() {
            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public void began(String step) {}

            @Override
            public void done(String step, Duration took, String detail) {
                System.out.println(step + " took " + took.toMillis() + " ms");
            }
        };
        return new StackStart(dir(), Home.find(), new UpOptions(capture, null, null, false), progress).start();
    }

    private static List<ProcessHandle> processes(StackDir dir) {
        List<ProcessHandle> processes = new ArrayList<>();
        for (Part part : Part.values()) {
            processes.addAll(new StackDown(dir).processesOf(part));
        }
        return processes;
    }

    /** As SIGKILL does it, to all processes of the part. */
    private static void kill(StackDir dir, Part part) {
        new StackDown(dir).processesOf(part).forEach(ProcessHandle::destroyForcibly);
    }

    private static long epoch(Endpoints endpoints) throws SQLException {
        try (Connection connection = endpoints.postgresReader().connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select epoch from serving.epoch")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private static void awaitLaterEpoch(Endpoints endpoints, long epoch) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> epoch(endpoints) > epoch);
    }

    private static void readersMayReadOnly(Endpoints endpoints) throws SQLException {
        try (Connection connection = endpoints.postgresReader().connect();
                Statement statement = connection.createStatement()) {
            statement.executeQuery("select * from serving.program_summary").close();
            for (String forbidden : List.of(
                    "delete from serving.epoch", "select * from staging.source_position", "create table x ()")) {
                assertThatExceptionOfType(SQLException.class)
                        .as(forbidden)
                        .isThrownBy(() -> statement.execute(forbidden))
                        .withMessageContaining("permission denied");
            }
        }
        PostgresUrl stranger = endpoints.postgresReader().as("retally_reader", "wrong");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> stranger.connect().close())
                .withMessageContaining("password authentication failed");
    }

    private static void postgresIsDurable(Endpoints endpoints) throws SQLException {
        try (Connection connection = endpoints.postgres().connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select current_setting('fsync') || current_setting('synchronous_commit')"
                                + " || current_setting('full_page_writes') || current_setting('listen_addresses')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("ononon127.0.0.1");
        }
    }

    @Test
    void aFailedStartLeavesNothingRunning() throws Exception {
        System.setProperty(
                "retally.home", Path.of("..").toAbsolutePath().normalize().toString());
        PostgresUrl nobody = PostgresUrl.parse("postgresql://o:p@127.0.0.1:1/none");
        UpOptions options = new UpOptions(Capture.NONE, nobody, null, false);
        Progress silent = new Progress() {
            @Override
            public void note(String line) {}

            @Override
            public void began(String step) {}

            @Override
            public void done(String step, Duration took, String detail) {}
        };
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> new StackStart(dir(), Home.find(), options, silent).start())
                .withMessageContaining("postgresql://o@127.0.0.1:1/none cannot be used");
        assertThat(processes(dir())).isEmpty();
        assertThat(Files.exists(dir().settings())).isFalse();
    }
}
