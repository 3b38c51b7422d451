@NullMarked
package io.retally.bench.streams;

import org.jspecify.annotations.NullMarked;
