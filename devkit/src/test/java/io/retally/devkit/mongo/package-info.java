@NullMarked
package io.retally.devkit.mongo;

import org.jspecify.annotations.NullMarked;
