@NullMarked
package io.retally.bench;

import org.jspecify.annotations.NullMarked;
