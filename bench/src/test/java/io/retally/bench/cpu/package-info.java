@NullMarked
package io.retally.bench.cpu;

import org.jspecify.annotations.NullMarked;
