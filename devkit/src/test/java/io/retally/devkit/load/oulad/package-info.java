@NullMarked
package io.retally.devkit.load.oulad;

import org.jspecify.annotations.NullMarked;
