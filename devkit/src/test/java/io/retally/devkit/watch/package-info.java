/** Tests of `watch` on a PostgreSQL of their own. */
@NullMarked
package io.retally.devkit.watch;

import org.jspecify.annotations.NullMarked;
