@NullMarked
package io.retally.bench.freshness;

import org.jspecify.annotations.NullMarked;
