package io.retally.jobs.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes a message's bytes on as they are: what they mean is decoded further down, where a bad one can be told of. */
public final class KafkaMessageSchema implements KafkaRecordDeserializationSchema<KafkaMessage> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<KafkaMessage> out) {
        out.collect(new KafkaMessage(
                message.topic(), message.partition(), message.offset(), message.key(), message.value()));
    }

    @Override
    public TypeInformation<KafkaMessage> getProducedType() {
        return TypeInformation.of(KafkaMessage.class);
    }
}
