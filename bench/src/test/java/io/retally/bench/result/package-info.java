@NullMarked
package io.retally.bench.result;

import org.jspecify.annotations.NullMarked;
