@NullMarked
package io.retally.udfs;

import org.jspecify.annotations.NullMarked;
