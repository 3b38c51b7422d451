@NullMarked
package io.retally.devkit.load.generated;

import org.jspecify.annotations.NullMarked;
