package io.retally.jobs.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes each dead letter to its topic at once, and exactly once, without Kafka's transactions, so that a letter can be
 * read before the epoch is complete and nothing has to be aborted. Parallelism 1.
 *
 * <p>A checkpoint waits until all letters are acknowledged, and keeps the <em>mark</em>: the topic's end offsets at such a
 * moment. All that lies behind the mark was written for messages that a restored source brings again, so after a restore
 * the operator reads the topic from the mark to its end, and passes over those letters when they come. The mark stays where
 * it is until all of them have come again. Without state (a new job, or a crash before the first checkpoint) the mark is the
 * beginning of the topic: a message that has its letter gets no second one.
 *
 * <p>Identity is topic, partition and offset of the message, and its bytes. Letters that others write to the topic, about
 * messages of other topics, do no harm.
 *
 * <p>What this does not do is fence. An attempt that is believed dead but still runs (its machine is cut off from the job
 * manager, not from Kafka) can write a letter after the next attempt has read the topic; the next attempt then writes it
 * again. That window ends when the old task manager notices that it lost the job manager ({@code heartbeat.timeout}) plus
 * {@link #DELIVERY_TIMEOUT} for what its producer still holds. A process that died leaves nothing but requests which the
 * broker has already received, and those are in the log before a restart reads it. A letter is never lost.
 *
 * <p>The topic must take messages somewhat larger than the largest of the change topics ({@code max.message.bytes}): the
 * headers add up to 2 kB. Otherwise the job fails with RecordTooLargeException until it does.
 */
public final class WriteDeadLetters extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<DeadLetter, Void> {
    private static final long serialVersionUID = 1;

    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(60);
    private static final int REQUEST_BYTES_MAX = 128 << 20;

    private final KafkaCluster cluster;
    private final String topic;
    private final Pattern about;

    private transient KafkaProducer<byte[], byte[]> producer;
    private transient DeadLetterLog log;
    private transient ListState<DeadLetterMark> state;
    private transient List<DeadLetterMark> mark;
    private transient WrittenLetters written;
    private transient AtomicReference<@Nullable Exception> failure;
    private transient boolean wroteSinceMark;

    /** @param about matches the topics of the messages that come here, and of none that others write letters about */
    @SuppressWarnings("NullAway.Init") // The transient fields are set by initializeState.
    public WriteDeadLetters(KafkaCluster cluster, String topic, Pattern about) {
        this.cluster = cluster;
        this.topic = topic;
        this.about = about;
    }

    /** Attaches the operator; the caller gives it name and uid. */
    public static SingleOutputStreamOperator<Void> to(
            DataStream<DeadLetter> letters, KafkaCluster cluster, String topic, Pattern about, String name) {
        return letters.transform(name, Types.VOID, new WriteDeadLetters(cluster, topic, about))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("mark", TypeInformation.of(DeadLetterMark.class)));
        mark = new ArrayList<>();
        state.get().forEach(mark::add);
        failure = new AtomicReference<>();
        log = new DeadLetterLog(cluster, topic, about);
        written = log.readFrom(mark);
        // The mark that a crash before the next letter needs is the present end, if nothing is to come again.
        wroteSinceMark = true;
        producer =
                new KafkaProducer<>(producerProperties(cluster), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The callback sees what the future would.
    public void processElement(StreamRecord<DeadLetter> element) throws Exception {
        throwFailure();
        if (written.remove(element.getValue())) {
            return;
        }
        wroteSinceMark = true;
        producer.send(LetterHeaders.message(topic, element.getValue(), Instant.now()), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        flush();
        if (wroteSinceMark && written.isEmpty()) {
            mark = log.ends();
            wroteSinceMark = false;
        }
        state.update(mark);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (producer != null) {
            // What is not acknowledged now is no one's: its message comes again.
            producer.close(Duration.ZERO);
        }
        if (log != null) {
            log.close();
        }
        super.close();
    }

    private void flush() throws Exception {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() throws Exception {
        Exception exception = failure.get();
        if (exception != null) {
            throw new IllegalStateException(
                    "a dead letter could not be written to topic " + topic
                            + "; see the cause, then let the job restart: its message comes again",
                    exception);
        }
    }

    private static Properties producerProperties(KafkaCluster cluster) {
        Properties properties = cluster.properties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(DELIVERY_TIMEOUT.toMillis()));
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "20000");
        // The topic's max.message.bytes decides; this is only memory.
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(REQUEST_BYTES_MAX));
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(REQUEST_BYTES_MAX));
        return properties;
    }
}
