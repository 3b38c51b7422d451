/** Benchmarks: the command `./retally bench`. */
@NullMarked
package io.retally.bench;

import org.jspecify.annotations.NullMarked;
