package io.retally.devkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retally.devkit.connect.ChildJvm;
import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster under load for a long time: memory stays where it is, checkpoints are even, PostgreSQL's tables do not
 * swell. Run by hand, as docs/production.md says:
 *
 * <pre>mvn verify -Dtest=Nothing -Dit.test=SoakITCase -Dsoak.minutes=30 -Dsoak.rate=5000 …</pre>
 *
 * Each half minute gives a line of figures; all of them are in {@code target/soak.csv}.
 */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "[1-9][0-9]*", disabledReason = "is run by hand")
class SoakITCase {
    private static final long MINUTES = Long.getLong("soak.minutes", 30);
    private static final long CHANGES_PER_SECOND = Long.getLong("soak.rate", 5_000);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);
    private static final int REPS = 7_000;
    private static final int PROGRAMS = 10;

    /** A sample; bytes are MiB, durations milliseconds. */
    private record Sample(
            long seconds,
            long published,
            long behind,
            long taskManagerMiB,
            long heapMiB,
            long jobManagerMiB,
            long checkpoints,
            long failedCheckpoints,
            long checkpointMillis,
            long checkpointMiB,
            long standstillMillis,
            long servingMiB,
            long stagingMiB,
            long deadRows) {
        static final String HEADER = "seconds,published,behind,taskmanager_mib,heap_mib,jobmanager_mib,checkpoints,"
                + "failed_checkpoints,checkpoint_ms,state_mib,longest_between_epochs_ms,serving_mib,staging_mib,dead_rows";

        String line() {
            return "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d"
                    .formatted(
                            seconds,
                            published,
                            behind,
                            taskManagerMiB,
                            heapMiB,
                            jobManagerMiB,
                            checkpoints,
                            failedCheckpoints,
                            checkpointMillis,
                            checkpointMiB,
                            standstillMillis,
                            servingMiB,
                            stagingMiB,
                            deadRows);
        }
    }

    @Test
    void nothingGrowsThatShouldNot(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("soak.seed", 1);
        // A tenth more than can be written until the end.
        long interactions = CHANGES_PER_SECOND * MINUTES * 66;
        List<Sample> samples = new ArrayList<>();
        try (TestingBroker broker = TestingBroker.start(folder);
                TestingDatabase database = TestingDatabase.start(folder, Map.of("shared_buffers", "512MB"));
                TestingTables tables = new TestingTables(broker, database);
                ImageCluster cluster = ImageCluster.layOut(folder).with("taskmanager.numberOfTaskSlots", "2")) {
            Topics.create(broker.bootstrap());
            ChildJvm jobManager = cluster.startJobManager(broker.bootstrap(), database.jdbcUrl());
            ChildJvm taskManager = cluster.startTaskManager("taskmanager-1");
            cluster.awaitAlive(() -> cluster.parallelism() == 2);
            Instant begin = Instant.now();
            Files.writeString(Path.of("target/soak.csv"), Sample.HEADER + "\n");
            System.out.println(Sample.HEADER);
            try (TestingLoad load = TestingLoad.start(
                    broker.bootstrap(), seed, new Size(REPS, PROGRAMS, interactions), (double) CHANGES_PER_SECOND)) {
                while (Duration.between(begin, Instant.now()).toMinutes() < MINUTES) {
                    Thread.sleep(BETWEEN_SAMPLES.toMillis());
                    load.requireWell();
                    Sample sample = sample(
                            Duration.between(begin, Instant.now()).toSeconds(),
                            cluster,
                            jobManager,
                            taskManager,
                            database,
                            tables);
                    samples.add(sample);
                    System.out.println(sample.line());
                    Files.writeString(
                            Path.of("target/soak.csv"), sample.line() + "\n", java.nio.file.StandardOpenOption.APPEND);
                }
                load.stop();
            }
            JsonNode checkpoints = cluster.get("/jobs/" + cluster.job() + "/checkpoints");
            System.out.println("checkpoints: " + checkpoints.path("counts") + ", " + checkpoints.path("summary"));
            // Those that are due before all tasks run count as failed.
            assertThat(checkpoints.at("/counts/failed").asLong())
                    .as("failed checkpoints")
                    .isEqualTo(samples.get(0).failedCheckpoints());
            assertThat(checkpoints.at("/counts/restored").asLong())
                    .as("restarts")
                    .isZero();
            tables.assertTrueOnceAllIsPublished();
            bloat(database);
        }
        List<Sample> middle = samples.subList(samples.size() / 3, samples.size() * 2 / 3);
        List<Sample> last = samples.subList(samples.size() * 2 / 3, samples.size());
        assertThat(most(last)).as("task manager's memory, MiB").isLessThan(most(middle) * 11 / 10);
    }

    private static long most(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::taskManagerMiB).max().orElseThrow();
    }

    private static Sample sample(
            long seconds,
            ImageCluster cluster,
            ChildJvm jobManager,
            ChildJvm taskManager,
            TestingDatabase database,
            TestingTables tables)
            throws Exception {
        JsonNode checkpoints = cluster.get("/jobs/" + cluster.job() + "/checkpoints");
        JsonNode heap = cluster.get("/taskmanagers/taskmanager-1/metrics?get=Status.JVM.Memory.Heap.Used");
        String[] storage = database.answer("""
                        select concat_ws(' ',
                            sum(pg_total_relation_size(relid)) filter (where schemaname = 'serving'),
                            sum(pg_total_relation_size(relid)) filter (where schemaname = 'staging'),
                            sum(n_dead_tup))
                        from pg_stat_user_tables where schemaname in ('serving', 'staging')""").split(" ", -1);
        return new Sample(
                seconds,
                tables.publishedMessages(),
                tables.behindMessages(),
                residentMiB(taskManager),
                mib(heap.path(0).path("value").asLong()),
                residentMiB(jobManager),
                checkpoints.at("/counts/completed").asLong(),
                checkpoints.at("/counts/failed").asLong(),
                checkpoints.at("/summary/end_to_end_duration/p50").asLong(),
                mib(checkpoints.at("/latest/completed/state_size").asLong()),
                tables.longestStandstill().toMillis(),
                mib(Long.parseLong(storage[0])),
                mib(Long.parseLong(storage[1])),
                Long.parseLong(storage[2]));
    }

    private static long residentMiB(ChildJvm process) throws IOException {
        return Files.readAllLines(
                        Path.of("/proc", Long.toString(process.process().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    /** What each table takes now, and what its rows alone would take. */
    private static void bloat(TestingDatabase database) throws Exception {
        String sizes = """
                select string_agg(concat(relname, ' ', n_live_tup, ' ', pg_total_relation_size(relid) >> 10), E'\\n' order by relname)
                from pg_stat_user_tables where schemaname = 'serving' and n_live_tup > 0""";
        System.out.println("table, rows, KiB:\n" + database.answer(sizes));
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("vacuum full");
        }
        System.out.println("the same, written anew:\n" + database.answer(sizes));
    }
}
