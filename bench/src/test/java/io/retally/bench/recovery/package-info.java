@NullMarked
package io.retally.bench.recovery;

import org.jspecify.annotations.NullMarked;
