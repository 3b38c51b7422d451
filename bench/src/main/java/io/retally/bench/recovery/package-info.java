/** How long a stack that is broken, stopped or rescaled takes until changes can be read again. */
@NullMarked
package io.retally.bench.recovery;

import org.jspecify.annotations.NullMarked;
