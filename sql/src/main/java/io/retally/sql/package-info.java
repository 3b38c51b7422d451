/** PostgreSQL migrations of the serving and staging schemas. */
@NullMarked
package io.retally.sql;

import org.jspecify.annotations.NullMarked;
