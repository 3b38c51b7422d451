@NullMarked
package io.retally.devkit.audit;

import org.jspecify.annotations.NullMarked;
