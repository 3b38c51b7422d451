package io.retally.bench.ceiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.bench.ceiling.CeilingJob.Step;
import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.generated.GeneratedCompany;
import io.retally.devkit.load.generated.Size;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each step on a cluster in this JVM, with the settings of the embedded one that decide on types. */
class CeilingJobITCase {
    private static final ChangeTopics TOPICS = new ChangeTopics("retally");

    private final List<KafkaMessage> messages = new ArrayList<>();
    private long changes;

    @Test
    void eachStepCountsWhatItHasDone() throws Exception {
        DebeziumMessages debezium = new DebeziumMessages("retally", "coaching", Clock.systemUTC());
        for (ChangeOfDocument change :
                new GeneratedCompany(1, new Size(20, 2, 300), Instant.parse("2026-01-01T00:00:00Z"))) {
            add(change.collection(), debezium.key(change.id()), debezium.value(change));
            changes++;
        }
        add(Collection.CONTACTS, messages.get(0).key(), new byte[0]); // no change at all

        assertThat(counted(Step.SOURCE)).isEqualTo(Map.of(CeilingJob.MESSAGES, changes + 1));
        assertThat(counted(Step.DECODE))
                .isEqualTo(Map.of(CeilingJob.MESSAGES, changes + 1, CeilingJob.CHANGES, changes));
        assertThat(counted(Step.STATE))
                .isEqualTo(Map.of(
                        CeilingJob.MESSAGES, changes + 1, CeilingJob.CHANGES, changes, CeilingJob.REMEMBERED, changes));
    }

    private void add(Collection collection, byte @Nullable [] key, byte[] value) {
        messages.add(new KafkaMessage(TOPICS.topic(Origin.LIVE, collection), 0, messages.size(), key, value));
    }

    private Map<String, Object> counted(Step step) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                2, Configuration.fromMap(Map.of("pipeline.object-reuse", "true", "pipeline.generic-types", "false")));
        CeilingJob.define(env.fromData(messages), TOPICS, step);
        return env.execute().getAllAccumulatorResults();
    }
}
