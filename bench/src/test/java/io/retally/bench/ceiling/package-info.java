@NullMarked
package io.retally.bench.ceiling;

import org.jspecify.annotations.NullMarked;
