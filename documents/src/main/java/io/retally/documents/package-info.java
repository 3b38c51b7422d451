/**
 * Reading documents: a message of a change log becomes a typed change of a document, or a dead letter; a text in extended JSON
 * becomes a value or a document. Pure: bytes or text in, records out, without Flink, clock, input or output.
 */
@NullMarked
package io.retally.documents;

import org.jspecify.annotations.NullMarked;
