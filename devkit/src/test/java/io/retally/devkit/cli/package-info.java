@NullMarked
package io.retally.devkit.cli;

import org.jspecify.annotations.NullMarked;
