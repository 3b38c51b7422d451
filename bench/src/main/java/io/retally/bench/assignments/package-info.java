/** Benchmark `assignments`: what the second job costs the first, and how soon an assignment follows a change. */
@NullMarked
package io.retally.bench.assignments;

import org.jspecify.annotations.NullMarked;
