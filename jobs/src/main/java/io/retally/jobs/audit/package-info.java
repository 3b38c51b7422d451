/** Job {@code audit}: which documents the change logs and MongoDB do not say the same of. */
@NullMarked
package io.retally.jobs.audit;

import org.jspecify.annotations.NullMarked;
