package io.retally.jobs.rocksdb;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint may begin the moment the one before is complete, as that of an epoch does that has taken longer than the interval.
 * A task that has other things to do then hears of both at once, and Flink 1.20 lets it take the new one first: whatever wakes
 * the input goes to the front of the mailbox. So it names files of the last checkpoint that it knows to be complete, which is
 * the last but one. If that one is not retained the job manager does not know them any more, throws the
 * acknowledgement away, and all waits until the checkpoint expires. Flink itself, with the settings of {@code flink-conf}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointsBackToBackITCase {

    private static final int CHECKPOINTS = 100;
    private static final long BUSY_MILLIS = 50;
    /** They take ten seconds. Awaitility ends by its own limit alone: it sleeps through the test's. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(() -> new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(1)
                    .setConfiguration(settings())
                    .build());

    private static Configuration settings() {
        Configuration conf = GlobalConfiguration.loadConfiguration(
                Path.of("..", "flink-conf", "embedded").toString());
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, conf.get(StateBackendOptions.STATE_BACKEND));
        settings.set(
                CheckpointingOptions.INCREMENTAL_CHECKPOINTS, conf.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS));
        settings.set(
                CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, conf.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS));
        settings.set(
                CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS,
                conf.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS));
        // The shortest that there is.
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(10));
        // Longer than the test: one that is stuck stays so.
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofHours(1));
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        return settings;
    }

    @Test
    void eachIsCompleted(@InjectMiniCluster MiniCluster cluster) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings());
        env.setParallelism(1);
        env.fromSource(new NumberSequenceSource(0, Long.MAX_VALUE - 1), WatermarkStrategy.noWatermarks(), "numbers")
                .filter(number -> {
                    Thread.sleep(1);
                    return number == 0; // what follows has an input in which nothing comes but barriers
                })
                .keyBy(number -> 0L)
                .process(new Busy())
                .sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                CheckpointStatsSnapshot checkpoints = Objects.requireNonNull(
                        cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot());
                return checkpoints.getCounts().getNumberOfCompletedCheckpoints() >= CHECKPOINTS;
            });
        } finally {
            job.cancel().get();
        }
    }

    /** Has new state for each checkpoint, and works in timers, so that what comes meanwhile waits together. */
    private static final class Busy extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> timers;

        @Override
        public void open(OpenContext context) {
            timers = getRuntimeContext().getState(new ValueStateDescriptor<>("timers", Types.LONG));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) {
            context.timerService().registerProcessingTimeTimer(0);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) throws Exception {
            timers.update(timestamp);
            Thread.sleep(BUSY_MILLIS);
            context.timerService().registerProcessingTimeTimer(timestamp + 1);
        }
    }
}
