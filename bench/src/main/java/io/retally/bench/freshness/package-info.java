/** How long it takes until a change that is in the log is in every table. */
@NullMarked
package io.retally.bench.freshness;

import org.jspecify.annotations.NullMarked;
