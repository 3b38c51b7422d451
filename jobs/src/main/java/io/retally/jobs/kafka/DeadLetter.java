package io.retally.jobs.kafka;

import io.retally.documents.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be used, and why: {@code reason} is a code of {@link io.retally.documents.Reason}. Its identity is
 * topic, partition and offset. A POJO to Flink, with no generic type in it.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String reason,
        String detail) {

    public static DeadLetter of(KafkaMessage message, Rejection rejection) {
        return new DeadLetter(
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                message.value(),
                rejection.reason().code(),
                rejection.detail());
    }
}
