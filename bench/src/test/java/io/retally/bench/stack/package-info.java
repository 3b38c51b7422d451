@NullMarked
package io.retally.bench.stack;

import org.jspecify.annotations.NullMarked;
