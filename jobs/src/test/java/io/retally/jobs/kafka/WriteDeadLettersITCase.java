package io.retally.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.retally.documents.Reason;
import io.retally.documents.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Dead letters against a real broker: one a message, through crashes at every point. */
@SuppressWarnings("try") // Closing may be interrupted.
final class WriteDeadLettersITCase {
    private static TestBroker broker;
    private String topic = "";

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new TestBroker();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopic(topic, 3);
    }

    private OneInputStreamOperatorTestHarness<DeadLetter, Void> attempt(@Nullable OperatorSubtaskState state)
            throws Exception {
        return attempt(state, ".*");
    }

    private OneInputStreamOperatorTestHarness<DeadLetter, Void> attempt(
            @Nullable OperatorSubtaskState state, String about) throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(
                new WriteDeadLetters(KafkaCluster.open(broker.bootstrap()), topic, Pattern.compile(about)), 1, 1, 0);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static StreamRecord<DeadLetter> letter(long offset) {
        return letter(offset, "value " + offset);
    }

    private static StreamRecord<DeadLetter> letter(long offset, String value) {
        KafkaMessage message = new KafkaMessage(
                "retally.coaching.teams", 1, offset, ("key " + offset).getBytes(UTF_8), value.getBytes(UTF_8));
        return new StreamRecord<>(DeadLetter.of(message, new Rejection(Reason.WRONG_TYPE, "name: é")));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private List<Long> writtenOffsets() {
        return broker.read(topic).stream()
                .map(letter -> Long.valueOf(header(letter, "offset")))
                .sorted()
                .toList();
    }

    private void awaitLetters(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.read(topic).size() >= count);
    }

    @Test
    void writesBytesAndHeadersAtOnce() throws Exception {
        Instant before = Instant.now();
        try (var attempt = attempt(null)) {
            attempt.processElement(letter(7));
            attempt.processElement(new StreamRecord<>(new DeadLetter("t", 0, 8, null, new byte[0], "empty_value", "")));
            awaitLetters(2); // No checkpoint is needed.
        }
        List<ConsumerRecord<byte[], byte[]>> letters = broker.read(topic).stream()
                .sorted(Comparator.comparing(letter -> header(letter, "offset")))
                .toList();
        ConsumerRecord<byte[], byte[]> letter = letters.get(0);
        assertThat(letter.key()).isEqualTo("key 7".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo("value 7".getBytes(UTF_8));
        assertThat(StreamSupport.stream(letter.headers().spliterator(), false).map(h -> h.key()))
                .containsExactly("reason", "detail", "topic", "partition", "offset", "at");
        assertThat(header(letter, "reason")).isEqualTo("wrong_type");
        assertThat(header(letter, "detail")).isEqualTo("name: é");
        assertThat(header(letter, "topic")).isEqualTo("retally.coaching.teams");
        assertThat(header(letter, "partition")).isEqualTo("1");
        assertThat(Instant.parse(header(letter, "at"))).isBetween(before, Instant.now());
        assertThat(letters.get(1).key()).isNull();
        assertThat(letters.get(1).value()).isEmpty();
    }

    @Test
    void aCrashAfterWritingAndBeforeTheCheckpointLeavesNoDuplicate() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var attempt = attempt(null)) {
            attempt.processElement(letter(1));
            checkpoint = attempt.snapshot(1, 1);
            assertThat(writtenOffsets()).containsExactly(1L); // The checkpoint waits for the broker.
            attempt.processElement(letter(2));
            attempt.processElement(letter(3));
            awaitLetters(3);
        }
        try (var attempt = attempt(checkpoint)) {
            attempt.processElement(letter(2));
            attempt.processElement(letter(3));
            attempt.processElement(letter(4));
            attempt.snapshot(2, 2);
        }
        assertThat(writtenOffsets()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aCheckpointInTheMidstOfTheReplayForgetsNothing() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var attempt = attempt(null)) {
            checkpoint = attempt.snapshot(1, 1);
            attempt.processElement(letter(1));
            attempt.processElement(letter(2));
            awaitLetters(2);
        }
        try (var attempt = attempt(checkpoint)) {
            attempt.processElement(letter(1));
            checkpoint = attempt.snapshot(2, 2);
        }
        try (var attempt = attempt(checkpoint)) {
            attempt.processElement(letter(2));
            checkpoint = attempt.snapshot(3, 3);
            attempt.processElement(letter(3));
            awaitLetters(3);
        }
        try (var attempt = attempt(checkpoint)) {
            attempt.processElement(letter(3));
            attempt.snapshot(4, 4);
        }
        assertThat(writtenOffsets()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aNewJobWritesNoSecondLetterButOneForANewMessageAtAnOldPlace() throws Exception {
        try (var attempt = attempt(null)) {
            attempt.processElement(letter(1));
            attempt.processElement(letter(2));
            attempt.snapshot(1, 1);
        }
        try (var attempt = attempt(null)) {
            attempt.processElement(letter(1));
            attempt.processElement(letter(2, "another value"));
            attempt.snapshot(1, 1);
        }
        assertThat(writtenOffsets()).containsExactly(1L, 2L, 2L);
    }

    /** Another job's letters are in no replay of this one: waited for, they would keep the mark where it is for ever. */
    @Test
    void anotherJobsLettersDoNotHoldTheMark() throws Exception {
        try (var other = attempt(null, "retally\\.coaching\\.teams")) {
            other.processElement(letter(1));
            other.snapshot(1, 1);
        }
        OperatorSubtaskState checkpoint;
        try (var attempt = attempt(null, "retally\\.coaching\\.assignment_rules")) {
            checkpoint = attempt.snapshot(1, 1);
        }
        try (var restored = attempt(checkpoint, "retally\\.coaching\\.assignment_rules")) {
            ListState<DeadLetterMark> mark = restored.getOperator()
                    .getOperatorStateBackend()
                    .getListState(new ListStateDescriptor<>("mark", TypeInformation.of(DeadLetterMark.class)));
            assertThat(mark.get()).extracting(DeadLetterMark::endOffset).containsExactlyInAnyOrder(1L, 0L, 0L);
        }
    }

    @Test
    void failsIfTheTopicIsMissingOrRefuses() throws Exception {
        assertThatThrownBy(() -> {
                    try (var attempt = attempt(null)) {
                        attempt.processElement(letter(1, "x".repeat(2 << 20)));
                        attempt.snapshot(1, 1);
                    }
                })
                .hasStackTraceContaining("RecordTooLargeException");
        topic = "missing";
        assertThatThrownBy(() -> attempt(null).close()).hasMessageContaining("does not exist");
    }

    @Test
    void messagesPassThroughAFlinkJobUnchanged() throws Exception {
        ChangeTopics topics = new ChangeTopics("e2e");
        broker.createTopic("e2e.coaching.teams", 2);
        broker.createTopic("e2e.other.teams", 1);
        byte[] value = {(byte) 0xff, 0, 1};
        broker.write(new ProducerRecord<>("e2e.other.teams", new byte[] {9}, value));
        broker.write(new ProducerRecord<>("e2e.coaching.teams", 1, null, value));
        broker.write(new ProducerRecord<>("e2e.coaching.teams", 1, new byte[] {5}, null));
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(200);
        DataStream<DeadLetter> letters = env.fromSource(
                        ChangeSource.of(KafkaCluster.open(broker.bootstrap()), topics, "group"),
                        WatermarkStrategy.noWatermarks(),
                        "read")
                .map(message ->
                        DeadLetter.of(message, new Rejection(Reason.NOT_JSON, topics.subject(message.topic()) + "")))
                .returns(DeadLetter.class);
        WriteDeadLetters.to(
                        letters,
                        KafkaCluster.open(broker.bootstrap()),
                        topic,
                        topics.changesPattern(),
                        "write-dead-letters")
                .uid("write-dead-letters");
        JobClient job = env.executeAsync();
        try {
            awaitLetters(2);
            broker.createTopic("e2e.backfill.teams", 1); // Found while the job runs.
            broker.write(new ProducerRecord<>("e2e.backfill.teams", new byte[] {7}, value));
            awaitLetters(3);
        } finally {
            job.cancel().get();
        }
        assertThat(broker.read(topic).stream().map(letter -> header(letter, "topic") + ' ' + header(letter, "offset")))
                .containsExactlyInAnyOrder("e2e.coaching.teams 0", "e2e.coaching.teams 1", "e2e.backfill.teams 0");
    }
}
