/** The benchmarks of single steps, from the command line. */
@NullMarked
package io.retally.bench.jmh;

import org.jspecify.annotations.NullMarked;
