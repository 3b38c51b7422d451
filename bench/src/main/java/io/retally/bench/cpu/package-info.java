/** CPU time of a stack's processes and threads. */
@NullMarked
package io.retally.bench.cpu;

import org.jspecify.annotations.NullMarked;
