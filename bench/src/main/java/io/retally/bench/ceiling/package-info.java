/** Small Flink jobs that do a part of what every such job must: no job that does more can be faster. */
@NullMarked
package io.retally.bench.ceiling;

import org.jspecify.annotations.NullMarked;
