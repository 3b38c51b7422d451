/** The command line against the whole stack. */
@NullMarked
package io.retally.devkit.cli;

import org.jspecify.annotations.NullMarked;
