package io.retally.bench.ceiling;

import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** Decodes with the job's own decoder; passes on each change's document, by name, and a hash of what it is now. */
@SuppressWarnings("NullAway.Init") // transient fields are set by open
final class DecodeMessages extends RichFlatMapFunction<KafkaMessage, Tuple2<String, Long>> {
    private static final long serialVersionUID = 1;

    private final ChangeTopics topics;
    private transient ChangeDecoder decoder;
    private transient LongCounter messages;
    private transient LongCounter changes;

    DecodeMessages(ChangeTopics topics) {
        this.topics = topics;
    }

    @Override
    public void open(OpenContext context) {
        decoder = new ChangeDecoder();
        messages = new LongCounter();
        changes = new LongCounter();
        getRuntimeContext().addAccumulator(CeilingJob.MESSAGES, messages);
        getRuntimeContext().addAccumulator(CeilingJob.CHANGES, changes);
    }

    @Override
    public void flatMap(KafkaMessage message, Collector<Tuple2<String, Long>> out) {
        messages.add(1);
        ChangeTopics.Subject subject = topics.subject(message.topic());
        Decoded decoded = decoder.decode(subject.collection(), subject.origin(), message.key(), message.value());
        if (decoded instanceof Decoded.Change change) {
            changes.add(1);
            // 0 for a document that is gone.
            out.collect(Tuple2.of(
                    change.collection().ordinal() + "/" + change.id(), (long) Objects.hashCode(change.document())));
        }
    }
}
