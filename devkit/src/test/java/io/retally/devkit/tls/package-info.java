@NullMarked
package io.retally.devkit.tls;

import org.jspecify.annotations.NullMarked;
