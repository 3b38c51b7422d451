/**
 * Decoding: a message of a change log becomes a typed change of a document, or a dead letter. Pure: bytes in, records
 * out, without Flink, clock, input or output.
 */
@NullMarked
package io.retally.jobs.change;

import org.jspecify.annotations.NullMarked;
