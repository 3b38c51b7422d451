package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.oracle.Published.LogPartition;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job rescaled from savepoints, as {@code ./retally rescale} does it: on one slot, on four, on one again, with
 * changes while it runs and while it is stopped. The seed can be replayed with {@code -Djob.seed=N}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RescaleITCase {

    private static final int MESSAGES = 700;

    @TempDir
    private static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = KafkaAndPostgres.settings(folder.resolve("checkpoints"));
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        return new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(4)
                .setConfiguration(cluster)
                .build();
    });

    @Test
    void isTrueOnOneSlotOnFourAndOnOneAgain(@InjectMiniCluster MiniCluster cluster) throws Exception {
        long seed = Long.getLong("job.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-Djob.seed=" + seed);
        RandomChangeLog messages = new RandomChangeLog(seed);
        try (KafkaAndPostgres ends = new KafkaAndPostgres()) {
            JobClient job = start(ends, 1, null);
            for (int next : new int[] {4, 1, 3}) {
                Map<LogPartition, Long> before = ends.positions();
                ends.write(messages, MESSAGES);
                ends.awaitPositionsOtherThan(before);
                ends.assertPublished("seed " + seed + ", under load, before parallelism " + next);
                ends.write(messages, MESSAGES);
                String savepoint = job.stopWithSavepoint(
                                false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.NATIVE)
                        .get();
                // The savepoint's epoch is published before the job ends.
                ends.assertPublished("seed " + seed + ", stopped before parallelism " + next);
                ends.write(messages, MESSAGES);
                job = start(ends, next, savepoint);
                ends.awaitAllIsRead();
                ends.assertPublished("seed " + seed + ", at parallelism " + next);
                assertThat(cluster.getExecutionGraph(job.getJobID())
                                .get()
                                .getAllVertices()
                                .values())
                        .extracting(AccessExecutionJobVertex::getParallelism)
                        .as("the publisher and the dead letters are alone, the four others are not")
                        .containsExactlyInAnyOrder(1, 1, next, next, next, next);
            }
            ends.assertDeadLetters(ends.assertPublished("seed " + seed + ", all is read"));
            job.cancel().get();
        }
    }

    private static JobClient start(KafkaAndPostgres ends, int parallelism, @Nullable String savepoint)
            throws Exception {
        Configuration settings = KafkaAndPostgres.settings(folder.resolve("checkpoints"));
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        ends.define(env);
        return env.executeAsync(Operators.JOB);
    }
}
