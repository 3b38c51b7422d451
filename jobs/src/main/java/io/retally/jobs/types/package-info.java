/** Flink types over core's codecs. */
@NullMarked
package io.retally.jobs.types;

import org.jspecify.annotations.NullMarked;
