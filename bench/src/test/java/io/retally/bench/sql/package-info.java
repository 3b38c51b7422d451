@NullMarked
package io.retally.bench.sql;

import org.jspecify.annotations.NullMarked;
