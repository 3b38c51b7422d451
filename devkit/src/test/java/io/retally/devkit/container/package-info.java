@NullMarked
package io.retally.devkit.container;

import org.jspecify.annotations.NullMarked;
