package io.retally.jobs.repprogress;

import io.retally.core.serving.Row;
import io.retally.core.total.Accumulator;
import io.retally.core.total.AccumulatorCodec;
import io.retally.core.total.Difference;
import io.retally.core.total.DifferenceBuffer;
import io.retally.jobs.types.CodecType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds differences to totals, and passes on the rows that they make. Keyed by row. Differences wait in memory until the
 * barrier, so that a row is read, written and passed on once an epoch, and not at all if it ends as it began.
 */
@SuppressWarnings("NullAway.Init") // transient fields are set by initializeState and open
public final class Accumulate extends AbstractStreamOperator<Row>
        implements OneInputStreamOperator<Difference, Row>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Bounds the memory of waiting differences: about 300 bytes each. */
    private static final int MAX_WAITING = 100_000;

    /** The rows that were touched last, of which most are touched again soon: about 500 bytes each. */
    private static final int MAX_CACHED = 50_000;

    private static final ValueStateDescriptor<Accumulator> TOTAL =
            new ValueStateDescriptor<>("total", CodecType.of(Accumulator.class, AccumulatorCodec.class));

    private final int maxWaiting;
    private final int maxCached;

    private transient DifferenceBuffer waiting = new DifferenceBuffer();
    private transient ValueState<Accumulator> totals;
    /** What state holds of rows that were touched lately. */
    private transient Map<String, Accumulator> cached = new HashMap<>();

    public Accumulate() {
        this(MAX_WAITING, MAX_CACHED);
    }

    /** With other bounds, on which no result depends. */
    Accumulate(int maxWaiting, int maxCached) {
        this.maxWaiting = maxWaiting;
        this.maxCached = maxCached;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting = new DifferenceBuffer();
        totals = context.getKeyedStateStore().getState(TOTAL);
        cached = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Accumulator> eldest) {
                return size() > maxCached;
            }
        };
    }

    @Override
    public void processElement(StreamRecord<Difference> record) throws Exception {
        Difference difference = record.getValue();
        waiting.add(difference.key(), difference.accountId(), 1, difference.vector());
        if (waiting.size() >= maxWaiting) {
            addWaiting();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        addWaiting();
    }

    @Override
    public void endInput() throws Exception {
        addWaiting();
    }

    private void addWaiting() throws Exception {
        List<Difference> differences = new ArrayList<>(waiting.size());
        waiting.drainTo(differences::add);
        for (Difference difference : differences) {
            add(difference);
        }
    }

    private void add(Difference difference) throws Exception {
        String key = difference.key();
        setCurrentKey(key);
        Accumulator before = cached.get(key);
        if (before == null) {
            before = totals.value();
        }
        Accumulator now = (before == null ? Accumulator.zero(difference.vector().length) : before)
                .plus(difference.accountId(), difference.vector());
        if (now.isZero()) {
            cached.remove(key);
            totals.clear();
        } else {
            cached.put(key, now);
            totals.update(now);
        }
        output.collect(new StreamRecord<>(now.row(key)));
    }
}
