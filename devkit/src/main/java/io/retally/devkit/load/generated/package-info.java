/** A coaching company that never was, the same for the same seed. */
@NullMarked
package io.retally.devkit.load.generated;

import org.jspecify.annotations.NullMarked;
