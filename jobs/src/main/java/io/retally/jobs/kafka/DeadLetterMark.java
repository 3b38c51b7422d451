package io.retally.jobs.kafka;

/** A place in the dead-letter topic: the next letter of {@code partition} goes to {@code endOffset} or later. A POJO to Flink. */
public record DeadLetterMark(int partition, long endOffset) {}
