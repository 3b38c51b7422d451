@NullMarked
package io.retally.bench.query;

import org.jspecify.annotations.NullMarked;
