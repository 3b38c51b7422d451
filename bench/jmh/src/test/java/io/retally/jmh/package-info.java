@NullMarked
package io.retally.jmh;

import org.jspecify.annotations.NullMarked;
