@NullMarked
package io.retally.devkit.load.destination;

import org.jspecify.annotations.NullMarked;
