package io.retally.jobs.audit;

import io.retally.core.document.Collection;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.LiveLogs;
import io.retally.jobs.mongo.StoredDocument;
import io.retally.jobs.mongo.StoredDocuments;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Job {@code audit}: compares what the live topics say, up to where they end as it starts, with the documents in MongoDB, and
 * writes the differences to a file. It changes nothing. What changes while it reads may be among its findings; `./retally
 * audit` starts it, and looks at them again.
 */
public final class AuditJob {

    private AuditJob() {}

    @SuppressWarnings("try") // Closing the iterator may be interrupted, and so may all of main.
    public static void main(String[] arguments) throws Exception {
        AuditConfig config = AuditConfig.parse(System.getenv(), arguments);
        ChangeTopics topics = new ChangeTopics(config.topicPrefix());
        config.kafka().checkAccess();
        StoredDocuments.checkAccess(config.mongodbUri());
        LiveLogs logs = LiveLogs.endingNow(config.kafka(), topics);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings());
        DataStream<Finding> findings = define(env, config, topics, logs);
        try (FindingsFile file = new FindingsFile(config.findings());
                CloseableIterator<Finding> found = findings.collectAsync()) {
            file.ends(logs.ends());
            JobClient job = env.executeAsync(Operators.JOB);
            HowFar howFar = new HowFar(job, logs.messages());
            while (found.hasNext()) {
                file.finding(found.next());
            }
            job.getJobExecutionResult().get();
            howFar.close();
            file.complete();
        }
    }

    static DataStream<Finding> define(
            StreamExecutionEnvironment env, AuditConfig config, ChangeTopics topics, LiveLogs logs) {
        DataStream<StoredDocument> stored = Arrays.stream(Collection.values())
                .<DataStream<StoredDocument>>map(collection -> env.fromSource(
                        StoredDocuments.of(config.mongodbUri(), config.mongodbDatabase(), collection),
                        WatermarkStrategy.noWatermarks(),
                        Operators.READ_COLLECTION.id() + "." + collection.collectionName()))
                .reduce(DataStream::union)
                .orElseThrow();
        return AuditTopology.define(
                env.fromSource(logs.source(), WatermarkStrategy.noWatermarks(), Operators.READ_LOG.id()),
                topics,
                stored);
    }

    private static Configuration settings() {
        Configuration settings = new Configuration();
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Of a Flink that lives in this JVM; a cluster has its own. Counts come with the heartbeats.
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        return settings;
    }
}
