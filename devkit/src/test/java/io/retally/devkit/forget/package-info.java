@NullMarked
package io.retally.devkit.forget;

import org.jspecify.annotations.NullMarked;
