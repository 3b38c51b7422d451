@NullMarked
package io.retally.devkit.load;

import org.jspecify.annotations.NullMarked;
