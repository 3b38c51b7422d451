/** Retally's ends at Kafka: the source of change messages, and the dead letters. */
@NullMarked
package io.retally.jobs.kafka;

import org.jspecify.annotations.NullMarked;
