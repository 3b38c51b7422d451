@NullMarked
package io.retally.devkit.connect;

import org.jspecify.annotations.NullMarked;
