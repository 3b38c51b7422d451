/** Tests of the oracle. */
@NullMarked
package io.retally.oracle;

import org.jspecify.annotations.NullMarked;
