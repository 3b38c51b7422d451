package io.retally.jobs.operators;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/** An operator with a keyed input and a broadcast one, which Flink's builders offer for functions only. */
public final class KeyedAndBroadcast {

    private KeyedAndBroadcast() {}

    /** Attaches the operator; the caller gives it uid and description. */
    public static <K, B, O> SingleOutputStreamOperator<O> transform(
            KeyedStream<K, String> keyed,
            DataStream<B> broadcast,
            String name,
            TypeInformation<O> type,
            TwoInputStreamOperator<K, B, O> operator) {
        StreamExecutionEnvironment env = keyed.getExecutionEnvironment();
        TwoInputTransformation<K, B, O> transformation = new TwoInputTransformation<>(
                keyed.getTransformation(), broadcast.getTransformation(), name, operator, type, env.getParallelism());
        transformation.setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(Types.STRING);
        env.addOperator(transformation);
        return new Operator<>(env, transformation);
    }

    private static final class Operator<T> extends SingleOutputStreamOperator<T> {
        Operator(StreamExecutionEnvironment env, Transformation<T> transformation) {
            super(env, transformation);
        }
    }
}
