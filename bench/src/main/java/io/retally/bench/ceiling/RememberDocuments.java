package io.retally.bench.ceiling;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * One get and one put of state a change. Whoever gives exact totals of documents that change needs at least these: what was
 * counted of a document has to be known to be taken back. The state is 8 bytes, less than any real one.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by open
final class RememberDocuments extends KeyedProcessFunction<String, Tuple2<String, Long>, Long> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> image;
    private transient LongCounter remembered;

    @Override
    public void open(OpenContext context) {
        image = getRuntimeContext().getState(new ValueStateDescriptor<>("image", Types.LONG));
        remembered = new LongCounter();
        getRuntimeContext().addAccumulator(CeilingJob.REMEMBERED, remembered);
    }

    @Override
    public void processElement(Tuple2<String, Long> change, Context context, Collector<Long> out) throws Exception {
        Long before = image.value();
        image.update(change.f1);
        remembered.add(1);
        if (before != null && before.equals(Long.MIN_VALUE)) {
            out.collect(before); // never: it only keeps the read from being one that nobody needs
        }
    }
}
