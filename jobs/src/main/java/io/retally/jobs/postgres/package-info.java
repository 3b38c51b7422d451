/** Staging rows in PostgreSQL and publishing them, one epoch a transaction. */
@NullMarked
package io.retally.jobs.postgres;

import org.jspecify.annotations.NullMarked;
