package io.retally.jobs.assignments;

import io.retally.documents.Decoded;
import io.retally.documents.Rejection;
import io.retally.documents.RuleDecoder;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Reads the messages about rules. What cannot be used goes to the dead letters; a rule that it makes unusable is passed on as absent. */
final class DecodeRules extends ProcessFunction<KafkaMessage, RuleChange> {

    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    @SuppressWarnings("NullAway.Init") // set by open
    private transient RuleDecoder decoder;

    @Override
    public void open(OpenContext context) {
        decoder = new RuleDecoder();
    }

    @Override
    public void processElement(KafkaMessage message, Context context, Collector<RuleChange> out) {
        Decoded decoded = decoder.decode(message.key(), message.value());
        if (decoded instanceof Decoded.RuleChange change) {
            out.collect(new RuleChange(change.id(), change.rule()));
            reject(message, change.rejection(), context);
        } else if (decoded instanceof Decoded.NoChange noChange) {
            reject(message, noChange.rejection(), context);
        }
    }

    private void reject(KafkaMessage message, @Nullable Rejection rejection, Context context) {
        if (rejection != null) {
            context.output(DEAD_LETTERS, DeadLetter.of(message, rejection));
        }
    }
}
