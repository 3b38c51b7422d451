@NullMarked
package io.retally.devkit.stack;

import org.jspecify.annotations.NullMarked;
