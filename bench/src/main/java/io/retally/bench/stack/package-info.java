/** The stack that a benchmark has for itself, and what is written into it. */
@NullMarked
package io.retally.bench.stack;

import org.jspecify.annotations.NullMarked;
