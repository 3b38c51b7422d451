package io.retally.devkit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a stack's folder: endpoints, process ids, launches, settings, checkpoints. */
class StackFilesTest {
    @TempDir
    private Path folder;

    @Test
    void endpointsArePrivateAndPlain() throws IOException {
        StackDir dir = new StackDir(folder.resolve("with space"));
        PostgresUrl owner = PostgresUrl.parse("postgresql://o:p@127.0.0.1:5432/retally");
        Endpoints endpoints = new Endpoints(
                "mongodb://localhost:27017/?replicaSet=rs0",
                "http://127.0.0.1:8083",
                "127.0.0.1:9092",
                owner,
                owner.as("r", "q"),
                "http://127.0.0.1:8081");
        endpoints.write(dir);
        assertThat(Endpoints.of(dir)).isEqualTo(endpoints);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.endpoints())))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(dir.endpoints()))
                .containsExactly(
                        "connect.rest=http://127.0.0.1:8083",
                        "flink.rest=http://127.0.0.1:8081",
                        "kafka.bootstrap=127.0.0.1:9092",
                        "mongodb.uri=mongodb://localhost:27017/?replicaSet=rs0",
                        "postgres.reader.url=postgresql://r:q@127.0.0.1:5432/retally",
                        "postgres.url=postgresql://o:p@127.0.0.1:5432/retally");
    }

    @Test
    void withoutMongoThereIsNoUri() throws IOException {
        StackDir dir = new StackDir(folder);
        PostgresUrl url = PostgresUrl.parse("postgresql://o:p@127.0.0.1:5432/retally");
        new Endpoints(null, null, "127.0.0.1:9092", url, url, "http://127.0.0.1:8081").write(dir);
        assertThat(Endpoints.of(dir).mongodbUri()).isNull();
        assertThat(Files.readString(dir.endpoints())).doesNotContain("mongodb");
    }

    @Test
    void noStackAndBrokenEndpointsSayTheNextStep() throws IOException {
        StackDir dir = new StackDir(folder);
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> Endpoints.of(dir))
                .satisfies(e -> assertThat(e.nextStep()).contains("./retally up"));
        Files.writeString(dir.endpoints(), "kafka.bootstrap=x\n");
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> Endpoints.of(dir))
                .withMessageContaining("postgres.url is missing");
    }

    @Test
    void aReusedProcessNumberIsNotOurs() throws IOException {
        Path file = folder.resolve("pid");
        ProcessId here = ProcessId.of(ProcessHandle.current());
        here.write(file);
        assertThat(ProcessId.read(file)).contains(here);
        assertThat(here.isAlive()).isTrue();
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        ProcessId earlier = new ProcessId(here.pid(), here.startedAt().minusSeconds(3600));
        assertThat(earlier.isAlive()).isFalse();
        Files.writeString(file, "nonsense");
        assertThat(ProcessId.read(file)).isEmpty();
        assertThat(ProcessId.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void thePostmastersOwnFileIsRead() throws IOException {
        Files.writeString(folder.resolve("postmaster.pid"), "4711\n/data\n1700000000\n5432\n");
        assertThat(ProcessId.ofPostmaster(folder)).contains(new ProcessId(4711, Instant.ofEpochSecond(1_700_000_000)));
    }

    @Test
    void aLaunchIsKeptWhole() throws IOException {
        StackDir dir = new StackDir(folder);
        Launch launch = new Launch(Part.KAFKA, List.of("java", "a b", "", "line\nbreak"), Map.of("NAME", "v\n w"));
        launch.save(dir);
        assertThat(Launch.load(dir, Part.KAFKA)).isEqualTo(launch);
        launch = new Launch(Part.KAFKA, List.of("java"), Map.of());
        launch.save(dir);
        assertThat(Launch.load(dir, Part.KAFKA)).isEqualTo(launch);
    }

    @Test
    void settingsAreKept() {
        StackDir dir = new StackDir(folder);
        StackSettings settings = StackSettings.fresh(Capture.NONE, "embedded");
        settings.write(dir);
        assertThat(StackSettings.find(dir)).contains(settings);
        StackSettings running = settings.withJob(new JobRecord("abc", "build.jar", 4, true, true));
        running.write(dir);
        assertThat(StackSettings.find(dir)).contains(running);
        assertThat(running.startedNow(Capture.NONE).job())
                .as("up after down: at the same parallelism, with the project's build")
                .isEqualTo(new JobRecord(null, null, 4, false, true));
        StackSettings assigning = running.withAssignments(true);
        assigning.write(dir);
        assertThat(StackSettings.find(dir)).contains(assigning);
        assertThat(assigning.buildOfAssignments()).isEqualTo("build.jar");
        StackSettings behind = assigning.withAssignmentsBuild("earlier.jar");
        behind.write(dir);
        assertThat(StackSettings.find(dir)).contains(behind);
        assertThat(behind.buildOfAssignments()).isEqualTo("earlier.jar");
        assertThat(behind.startedNow(Capture.MONGODB).assignmentsBuild())
                .as("up after down: with the project's build")
                .isNull();
        assertThat(assigning.slots(2)).isEqualTo(3);
        assertThat(settings.slots(2)).isEqualTo(2);
        assertThat(settings.parts()).doesNotContain(Part.MONGODB, Part.CONNECT).contains(Part.POSTGRES);
        assertThat(StackSettings.fresh(Capture.MONGODB, "jdbc:postgresql://h/d").parts())
                .contains(Part.MONGODB, Part.CONNECT)
                .doesNotContain(Part.POSTGRES);
    }

    @Test
    void theNewestStateIsTheOneOfTheHighestNumber() throws IOException {
        StackDir dir = new StackDir(folder);
        assertThat(Snapshot.newest(dir)).isEmpty();
        snapshot(dir.checkpoints().resolve("job1/chk-90"), 90, 100);
        assertNewest(dir, "chk-90");
        snapshot(dir.checkpoints().resolve("job2/chk-91"), 91, 50);
        assertNewest(dir, "chk-91");
        snapshot(dir.savepoints().resolve("savepoint-job2-1"), 92, 40);
        assertNewest(dir, "savepoint-job2-1");
        snapshot(dir.savepoints().resolve("savepoint-job1-0"), 12, 400);
        Files.createDirectories(dir.checkpoints().resolve("job2/chk-93"));
        Files.createDirectories(dir.checkpoints().resolve("job2/shared"));
        Files.write(
                Files.createDirectories(dir.savepoints().resolve("savepoint-job2-2"))
                        .resolve("_metadata"),
                new byte[] {0x49, 0x60});
        assertNewest(dir, "savepoint-job2-1");
        snapshot(dir.checkpoints().resolve("job3/chk-93"), 93, 30);
        assertNewest(dir, "chk-93");
        // That of another job.
        snapshot(dir.assignmentsCheckpoints().resolve("job4/chk-200"), 200, 500);
        assertNewest(dir, "chk-93");
        assertThat(Snapshot.newestIn(dir.assignmentsCheckpoints()).orElseThrow().checkpoint())
                .isEqualTo(200);
    }

    private static void assertNewest(StackDir dir, String name) {
        assertThat(Snapshot.newest(dir)).hasValueSatisfying(newest -> {
            assertThat(newest.path()).hasFileName(name);
            assertThat(newest.isSavepoint()).isEqualTo(name.startsWith("savepoint"));
        });
    }

    private static void snapshot(Path snapshot, long checkpoint, long second) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(24).putInt(0x4960672d).putInt(4).putLong(checkpoint);
        Path metadata = Files.write(Files.createDirectories(snapshot).resolve("_metadata"), header.array());
        Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void oneAtATimeHasToDoWithTheJob() {
        StackDir dir = new StackDir(folder);
        try (JobLock lock = JobLock.tryTake(dir).orElseThrow()) {
            assertThat(JobLock.tryTake(dir)).isEmpty();
        }
        JobLock.tryTake(dir).orElseThrow().close();
    }

    @Test
    void theJobOfAProjectBuiltAnewIsStillThere() throws IOException {
        JobBuilds builds = new JobBuilds(new StackDir(folder));
        Path jar = Files.writeString(folder.resolve("job.jar"), "one");
        String one = builds.keep(jar);
        Files.writeString(jar, "two");
        String two = builds.keep(jar);
        assertThat(builds.path(one)).hasContent("one");
        assertThat(builds.path(two)).hasContent("two");
        Files.writeString(jar, "one");
        assertThat(builds.keep(jar)).isEqualTo(one);
    }

    @Test
    void whichJobIsSubmittedAgain() {
        JobRecord job = new JobRecord("abc", null, null, false, false);
        assertThat(Keeper.isToBeSubmitted(job, Optional.empty())).isTrue();
        assertThat(Stream.of("RUNNING", "RESTARTING", "FAILED", "CANCELED", "FINISHED"))
                .noneMatch(state -> Keeper.isToBeSubmitted(job, Optional.of(state)));
        JobRecord redeploying = job.asRedeploying(true);
        assertThat(Keeper.isToBeSubmitted(redeploying, Optional.of("FINISHED"))).isTrue();
        assertThat(Keeper.isToBeSubmitted(redeploying, Optional.of("RUNNING"))).isFalse();
        assertThat(Keeper.isToBeSubmitted(redeploying.submitted("def"), Optional.of("FINISHED")))
                .isFalse();
    }

    @Test
    void onlyWhatTheStackMadeIsRemoved() throws IOException {
        StackDir dir = new StackDir(folder);
        Files.createDirectories(folder.resolve("kafka/log"));
        Files.writeString(folder.resolve("kafka/log/segment"), "x");
        Files.writeString(folder.resolve("mine.txt"), "x");
        assertThat(dir.existingData()).containsExactly("kafka");
        dir.removeData();
        assertThat(folder.resolve("kafka")).doesNotExist();
        assertThat(folder.resolve("mine.txt")).exists();
    }

    @Test
    void aTakenPortIsReplacedAndNoneIsGivenTwice() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(true);
            int other = ports.free(taken.getLocalPort());
            assertThat(other).isBetween(Ports.FIRST, Ports.LAST);
            assertThat(ports.free(other)).isNotEqualTo(other);
        }
    }

    @Test
    void sizesOfTheJvmsFollowFromFlinksConfiguration() {
        FlinkConf conf = FlinkConf.read(Path.of("../flink-conf/embedded"));
        assertThat(conf.jobManagerFlags()).contains("-Xmx576m", "-XX:MaxDirectMemorySize=128m");
        assertThat(conf.taskManagerFlags())
                .contains("-Xms1536m", "-Xmx1536m", "-XX:MaxDirectMemorySize=512m", "-XX:MaxMetaspaceSize=256m");
        assertThat(conf.required("execution.checkpointing.interval")).isEqualTo("500 ms");
        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> conf.required("no.such.key"))
                .withMessageContaining("has no no.such.key");
    }
}
