/** Tests of the migrations on a PostgreSQL of their own. */
@NullMarked
package io.retally.sql;

import org.jspecify.annotations.NullMarked;
