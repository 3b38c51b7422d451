/** Single changes whose effect on every table is known beforehand, and a reader that waits for it. */
@NullMarked
package io.retally.bench.probe;

import org.jspecify.annotations.NullMarked;
