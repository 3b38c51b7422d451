/** The serving tables and their rows. */
@NullMarked
package io.retally.core.serving;

import org.jspecify.annotations.NullMarked;
