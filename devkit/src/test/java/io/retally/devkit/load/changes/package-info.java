@NullMarked
package io.retally.devkit.load.changes;

import org.jspecify.annotations.NullMarked;
