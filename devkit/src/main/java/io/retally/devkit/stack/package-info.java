/** The embedded stack: its parts as processes of their own, in one folder that says all about them. */
@NullMarked
package io.retally.devkit.stack;

import org.jspecify.annotations.NullMarked;
