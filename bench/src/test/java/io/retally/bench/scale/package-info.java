@NullMarked
package io.retally.bench.scale;

import org.jspecify.annotations.NullMarked;
