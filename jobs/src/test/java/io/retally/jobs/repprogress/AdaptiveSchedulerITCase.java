package io.retally.jobs.repprogress;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job under Flink's adaptive scheduler: it runs on as many slots as there are, while task managers of one slot come
 * and go. The seed can be replayed with {@code -Djob.seed=N}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AdaptiveSchedulerITCase {

    private static final int MESSAGES = 700;
    private static final int FEWEST_SLOTS = 2;
    private static final int MOST_SLOTS = 4;

    @TempDir
    private static Path checkpoints;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = KafkaAndPostgres.settings(checkpoints);
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        cluster.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        // Slots are taken as they come and go; production waits, so as not to rescale for each of them.
        cluster.set(JobManagerOptions.SCHEDULER_SCALING_INTERVAL_MIN, Duration.ZERO);
        cluster.set(JobManagerOptions.RESOURCE_STABILIZATION_TIMEOUT, Duration.ofMillis(200));
        return new MiniClusterResourceConfiguration.Builder()
                // A cluster that begins with one has no network between task managers.
                .setNumberTaskManagers(FEWEST_SLOTS)
                .setNumberSlotsPerTaskManager(1)
                .setConfiguration(cluster)
                .build();
    });

    @Test
    void isTrueWhileTaskManagersComeAndGo(@InjectMiniCluster MiniCluster cluster) throws Exception {
        long seed = Long.getLong("job.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-Djob.seed=" + seed);
        RandomChangeLog messages = new RandomChangeLog(seed);
        try (KafkaAndPostgres ends = new KafkaAndPostgres()) {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(KafkaAndPostgres.settings(checkpoints));
            env.setParallelism(MOST_SLOTS);
            ends.define(env);
            JobClient job = env.executeAsync(Operators.JOB);
            try {
                ends.write(messages, MESSAGES);
                awaitParallelism(cluster, job, FEWEST_SLOTS);
                ends.awaitPositionsOtherThan(Map.of());
                ends.assertPublished("seed " + seed + ", two slots");

                for (int taskManager = FEWEST_SLOTS; taskManager < MOST_SLOTS; taskManager++) {
                    cluster.startTaskManager();
                }
                ends.write(messages, MESSAGES);
                awaitParallelism(cluster, job, MOST_SLOTS);
                ends.write(messages, MESSAGES);
                ends.awaitAllIsRead();
                ends.assertPublished("seed " + seed + ", four slots");

                for (int taskManager = 1; taskManager < MOST_SLOTS; taskManager++) {
                    cluster.terminateTaskManager(taskManager).get();
                }
                ends.write(messages, MESSAGES);
                awaitParallelism(cluster, job, 1);
                ends.write(messages, MESSAGES);
                ends.awaitAllIsRead();
                ends.assertDeadLetters(ends.assertPublished("seed " + seed + ", one slot"));
            } catch (AssertionError | ConditionTimeoutException e) {
                throw new AssertionError(exceptions(cluster, job), e);
            } finally {
                job.cancel().get();
            }
        }
    }

    /** What the job manager says has failed the job. */
    private static String exceptions(MiniCluster cluster, JobClient job) throws Exception {
        URI address = cluster.getRestAddress().get().resolve("/jobs/" + job.getJobID() + "/exceptions");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .replace("\\n", "\n");
    }

    private static void awaitParallelism(MiniCluster cluster, JobClient job, int parallelism) {
        await().atMost(KafkaAndPostgres.PATIENCE).until(() -> {
            AccessExecutionGraph graph =
                    cluster.getExecutionGraph(job.getJobID()).get();
            return graph.getState() == JobStatus.RUNNING
                    && graph.getAllVertices().values().stream()
                                    .mapToInt(AccessExecutionJobVertex::getParallelism)
                                    .max()
                                    .orElse(0)
                            == parallelism;
        });
    }
}
