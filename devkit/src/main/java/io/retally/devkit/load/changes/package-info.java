/** Changes to documents that are already there, and messages that hold none. */
@NullMarked
package io.retally.devkit.load.changes;

import org.jspecify.annotations.NullMarked;
