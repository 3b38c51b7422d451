/** The Open University Learning Analytics Dataset as documents. */
@NullMarked
package io.retally.devkit.load.oulad;

import org.jspecify.annotations.NullMarked;
