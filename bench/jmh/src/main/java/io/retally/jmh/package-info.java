/** Benchmarks of single steps of the job, each with what a generated company makes of it. */
@NullMarked
package io.retally.jmh;

import org.jspecify.annotations.NullMarked;
