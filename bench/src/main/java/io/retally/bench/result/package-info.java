/** Results of benchmarks: where they came about, and where they are written. */
@NullMarked
package io.retally.bench.result;

import org.jspecify.annotations.NullMarked;
