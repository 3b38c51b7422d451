package io.retally.jobs.repprogress;

import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import io.retally.documents.Rejection;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.metrics.DecodeMetrics;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.SourceProgress;
import io.retally.jobs.postgres.SourceProgress.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Reads change messages. What cannot be used goes to the dead letters; a document that it makes unusable is passed on as
 * absent. Before each barrier it says how far it has read, so that an epoch knows which prefix of every log it stands for.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by open
public final class Decode extends AbstractStreamOperator<DocumentChange>
        implements OneInputStreamOperator<KafkaMessage, DocumentChange> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    static final OutputTag<EpochPart> PROGRESS = new OutputTag<>("source-progress", EpochPart.TYPE);

    private final ChangeTopics topics;
    private final boolean withChoice;
    private transient ChangeDecoder decoder;
    private transient Map<TopicPartition, Long> nextOffsets;
    private transient long newestChange;
    private transient DecodeMetrics measured;

    /** Reads what the tables are made of: documents without the choice of an answer. */
    public Decode(ChangeTopics topics) {
        this(topics, false);
    }

    /** @param withChoice whether a change of an answer's choice says something new */
    public Decode(ChangeTopics topics, boolean withChoice) {
        this.topics = topics;
        this.withChoice = withChoice;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        decoder = new ChangeDecoder();
        nextOffsets = new HashMap<>();
        newestChange = Long.MIN_VALUE;
        measured = new DecodeMetrics(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<KafkaMessage> record) {
        KafkaMessage message = record.getValue();
        nextOffsets.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
        ChangeTopics.Subject subject = topics.subject(message.topic());
        Decoded decoded = decoder.decode(subject.collection(), subject.origin(), message.key(), message.value());
        if (decoded instanceof Decoded.Change change) {
            measured.change(change);
            newestChange = Math.max(newestChange, change.sourceTsMillis());
            output.collect(new StreamRecord<>(
                    withChoice
                            ? DocumentChange.whole(change.collection(), change.id(), change.origin(), change.document())
                            : DocumentChange.of(change.collection(), change.id(), change.origin(), change.document())));
            Rejection rejection = change.rejection();
            if (rejection != null) {
                reject(message, rejection);
            }
        } else if (decoded instanceof Decoded.NoChange noChange) {
            reject(message, noChange.rejection());
        }
    }

    private void reject(KafkaMessage message, Rejection rejection) {
        measured.deadLetter(rejection);
        output.collect(DEAD_LETTERS, new StreamRecord<>(DeadLetter.of(message, rejection)));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        if (!nextOffsets.isEmpty()) {
            output.collect(PROGRESS, new StreamRecord<>(new SourceProgress(Map.copyOf(nextOffsets), newestChange)));
            nextOffsets.clear();
        }
    }
}
