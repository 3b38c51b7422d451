@NullMarked
package io.retally.devkit.chaos;

import org.jspecify.annotations.NullMarked;
