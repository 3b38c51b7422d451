/** Everything that runs Retally on one machine: the embedded stack, sample data, the command line. */
@NullMarked
package io.retally.devkit;

import org.jspecify.annotations.NullMarked;
