/** Benchmark `scale`: what a change costs while state and programs grow. */
@NullMarked
package io.retally.bench.scale;

import org.jspecify.annotations.NullMarked;
