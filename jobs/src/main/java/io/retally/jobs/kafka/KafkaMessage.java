package io.retally.jobs.kafka;

import org.jspecify.annotations.Nullable;

/**
 * A message as Kafka holds it: bytes and place. The arrays are the message's own and must not be changed. A POJO to Flink,
 * with no generic type in it.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; bytes stay bytes on the hot path.
public record KafkaMessage(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {}
