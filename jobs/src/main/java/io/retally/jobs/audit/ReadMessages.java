package io.retally.jobs.audit;

import io.retally.documents.ChangeDecoder;
import io.retally.documents.Decoded;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.repprogress.DocumentChange;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Reads what a message says of a document, as the job that keeps the tables does. */
final class ReadMessages extends RichFlatMapFunction<KafkaMessage, Sighting> {
    private static final long serialVersionUID = 1L;

    /** The accumulator that counts the messages read. */
    static final String COUNT = "messages";

    private final ChangeTopics topics;
    private final LongCounter count = new LongCounter();

    @SuppressWarnings("NullAway.Init") // set by open
    private transient ChangeDecoder decoder;

    ReadMessages(ChangeTopics topics) {
        this.topics = topics;
    }

    @Override
    public void open(OpenContext context) {
        decoder = new ChangeDecoder();
        getRuntimeContext().addAccumulator(COUNT, count);
    }

    @Override
    public void flatMap(KafkaMessage message, Collector<Sighting> out) {
        count.add(1);
        ChangeTopics.Subject subject = topics.subject(message.topic());
        Decoded decoded = decoder.decode(subject.collection(), subject.origin(), message.key(), message.value());
        if (decoded instanceof Decoded.Change change) {
            DocumentChange now =
                    DocumentChange.of(change.collection(), change.id(), change.origin(), change.document());
            out.collect(new Sighting(
                    now.key(),
                    new Sighting.Said(message.partition(), message.offset(), message.key(), now.image()),
                    null));
        }
    }
}
