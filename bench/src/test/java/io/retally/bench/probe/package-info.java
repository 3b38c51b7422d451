@NullMarked
package io.retally.bench.probe;

import org.jspecify.annotations.NullMarked;
