package io.retally.jobs.repprogress;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Hands each record on as it is, and at once. The harness's own output copies every record, which hides what operators of
 * one chain share when objects are reused.
 */
final class RoutedOutput<T> implements Output<StreamRecord<T>> {

    private final ThrowingConsumer<StreamRecord<T>, Exception> main;
    private final Map<OutputTag<?>, ThrowingConsumer<?, Exception>> sides = new HashMap<>();

    RoutedOutput(ThrowingConsumer<StreamRecord<T>, Exception> main) {
        this.main = main;
    }

    <X> RoutedOutput<T> with(OutputTag<X> tag, ThrowingConsumer<StreamRecord<X>, Exception> side) {
        sides.put(tag, side);
        return this;
    }

    /** Becomes the output of a harness's operator, before that is initialized. */
    void replaceOutputOf(AbstractStreamOperatorTestHarness<T> harness) {
        harness.setup();
        AbstractStreamOperator<T> operator = harness.getOperator();
        operator.setup(operator.getContainingTask(), harness.getStreamConfig(), this);
    }

    @Override
    public void collect(StreamRecord<T> record) {
        accept(main, record);
    }

    @Override
    @SuppressWarnings("unchecked") // put under its tag by with
    public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
        accept((ThrowingConsumer<StreamRecord<X>, Exception>) Objects.requireNonNull(sides.get(tag)), record);
    }

    private static <X> void accept(ThrowingConsumer<StreamRecord<X>, Exception> next, StreamRecord<X> record) {
        try {
            next.accept(record);
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }

    @Override
    public void emitWatermark(Watermark mark) {}

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {}

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {}

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {}

    @Override
    public void close() {}
}
