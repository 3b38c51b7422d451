/**
 * A peer in Kafka Streams: `rep_lesson`, `rep_program` and `program_summary`, with every retraction that the contract asks for.
 */
@NullMarked
package io.retally.bench.streams;

import org.jspecify.annotations.NullMarked;
