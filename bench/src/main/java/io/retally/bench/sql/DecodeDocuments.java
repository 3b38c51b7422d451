package io.retally.bench.sql;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.SourceProgress;
import io.retally.jobs.postgres.SourceProgress.TopicPartition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * Decodes with the job's own decoder to a changelog for each collection, a side output each. Before each barrier it says how
 * far it has read, as the job does. Backfills, which a live topic overrules, are not for this peer: it throws.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by open
final class DecodeDocuments extends AbstractStreamOperator<EpochPart>
        implements OneInputStreamOperator<KafkaMessage, EpochPart> {
    private static final long serialVersionUID = 1L;

    private final ChangeTopics topics;
    private final EnumMap<Collection, OutputTag<Row>> tags = new EnumMap<>(Collection.class);
    private transient ChangeDecoder decoder;
    private transient Map<TopicPartition, Long> nextOffsets;
    private transient long newestChange;

    DecodeDocuments(ChangeTopics topics) {
        this.topics = topics;
        for (Collection collection : Collection.values()) {
            tags.put(collection, DocumentRows.tag(collection));
        }
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        decoder = new ChangeDecoder();
        nextOffsets = new HashMap<>();
        newestChange = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<KafkaMessage> record) {
        KafkaMessage message = record.getValue();
        nextOffsets.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
        ChangeTopics.Subject subject = topics.subject(message.topic());
        if (subject.origin() != Origin.LIVE) {
            throw new IllegalStateException("there is a message in the backfill topic " + message.topic());
        }
        Decoded decoded = decoder.decode(subject.collection(), subject.origin(), message.key(), message.value());
        if (decoded instanceof Decoded.Change change) {
            newestChange = Math.max(newestChange, change.sourceTsMillis());
            output.collect(
                    Objects.requireNonNull(tags.get(change.collection())),
                    new StreamRecord<>(DocumentRows.row(change.collection(), change.id(), change.document())));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        if (!nextOffsets.isEmpty()) {
            output.collect(new StreamRecord<>(new SourceProgress(Map.copyOf(nextOffsets), newestChange)));
            nextOffsets.clear();
        }
    }
}
