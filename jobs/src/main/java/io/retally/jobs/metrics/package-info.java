/** What the operators of rep-progress measure: docs/metrics.md lists it all. */
@NullMarked
package io.retally.jobs.metrics;

import org.jspecify.annotations.NullMarked;
