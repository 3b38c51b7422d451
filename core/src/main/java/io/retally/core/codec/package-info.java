/** Compact binary forms of what state and network hold. */
@NullMarked
package io.retally.core.codec;

import org.jspecify.annotations.NullMarked;
