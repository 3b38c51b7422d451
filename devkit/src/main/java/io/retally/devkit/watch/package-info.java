/** `watch`: no report contradicts another, in any snapshot that a reader may take. */
@NullMarked
package io.retally.devkit.watch;

import org.jspecify.annotations.NullMarked;
