/** Totals over many reps: keys, vectors, accumulators. */
@NullMarked
package io.retally.core.total;

import org.jspecify.annotations.NullMarked;
