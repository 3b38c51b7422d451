package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.oracle.Published.LogPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job, as {@code main} defines it and with the settings of {@code flink-conf/embedded}: Kafka, two task managers
 * with RocksDB, one of which dies with all that it holds, and PostgreSQL. What is published is compared with the contract's
 * SQL while the job runs and when it has read all; what is measured, with docs/metrics.md. The seed can be replayed with
 * {@code -Djob.seed=N}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RepProgressITCase {

    private static final int MESSAGES = 4_000;

    @TempDir
    private static Path checkpoints;

    private static final InMemoryReporter METRICS = InMemoryReporter.create();

    private static final int PROMETHEUS_PORT = freePort();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = KafkaAndPostgres.settings(checkpoints);
        METRICS.addToConfiguration(cluster);
        cluster.setString("metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
        cluster.setString("metrics.reporter.prom.port", Integer.toString(PROMETHEUS_PORT));
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        return new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(2)
                .setNumberSlotsPerTaskManager(1)
                .setConfiguration(cluster)
                .build();
    });

    @Test
    void isTrueThoughATaskManagerDies(@InjectMiniCluster MiniCluster cluster) throws Exception {
        long seed = Long.getLong("job.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("-Djob.seed=" + seed);
        RandomChangeLog messages = new RandomChangeLog(seed);
        try (KafkaAndPostgres ends = new KafkaAndPostgres()) {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(KafkaAndPostgres.settings(checkpoints));
            ends.define(env);
            JobClient job = env.executeAsync(Operators.JOB);
            try {
                ends.write(messages, MESSAGES / 4);
                ends.awaitPositionsOtherThan(Map.of());
                ends.assertPublished("seed " + seed + ", the job runs");

                ends.write(messages, MESSAGES / 4);
                // Both slots are needed, so the job stands still until there is a new task manager.
                cluster.terminateTaskManager(0).get();
                ends.write(messages, MESSAGES / 4);
                ends.assertPublished("seed " + seed + ", a task manager is away");
                Map<LogPartition, Long> before = ends.positions();
                cluster.startTaskManager();
                ends.write(messages, MESSAGES / 4);
                ends.awaitPositionsOtherThan(before);
                ends.assertPublished("seed " + seed + ", the job runs again");

                ends.awaitAllIsRead();
                Set<RandomChangeLog.Message> unusable = ends.assertPublished("seed " + seed + ", all is read");
                ends.assertDeadLetters(unusable);
                assertThat(cluster.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices())
                        .allMatch(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber() > 0);
                MetricsPage.assertLists(METRICS);
                MetricsPage.assertCounted(METRICS);
                MetricsPage.assertExposed(exposition());
            } finally {
                job.cancel().get();
            }
        }
    }

    /** What Prometheus would scrape. */
    private static String exposition() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + PROMETHEUS_PORT + "/metrics"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** The reporter takes any free port, too, but tells nobody which. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
