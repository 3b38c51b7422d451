/** Capture: a Kafka Connect worker with the Debezium MongoDB connector, as the embedded stack starts it. */
@NullMarked
package io.retally.devkit.connect;

import org.jspecify.annotations.NullMarked;
