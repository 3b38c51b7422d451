@NullMarked
package io.retally.core.zone;

import org.jspecify.annotations.NullMarked;
