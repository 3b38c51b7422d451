/** The domain of Retally, in plain Java: no Flink, no clock, no input or output. */
@NullMarked
package io.retally.core;

import org.jspecify.annotations.NullMarked;
