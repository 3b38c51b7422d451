package io.retally.bench.streams;

import io.retally.core.codec.Binary;
import io.retally.core.codec.Codec;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A codec's bytes as Kafka's serde; a tombstone is null. */
final class CodecSerde {
    private CodecSerde() {}

    @SuppressWarnings("NullAway") // a null value is a tombstone on both sides
    static <T> Serde<T> of(Codec<T> codec) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : Binary.toBytes(codec, value),
                (topic, bytes) -> bytes == null ? null : Binary.fromBytes(codec, bytes));
    }
}
