package io.retally.bench.ceiling;

import io.retally.jobs.kafka.KafkaMessage;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Counts messages and passes none on. */
@SuppressWarnings("NullAway.Init") // transient fields are set by open
final class CountMessages extends RichFilterFunction<KafkaMessage> {
    private static final long serialVersionUID = 1;

    private transient LongCounter messages;

    @Override
    public void open(OpenContext context) {
        messages = new LongCounter();
        getRuntimeContext().addAccumulator(CeilingJob.MESSAGES, messages);
    }

    @Override
    public boolean filter(KafkaMessage message) {
        messages.add(1);
        return false;
    }
}
