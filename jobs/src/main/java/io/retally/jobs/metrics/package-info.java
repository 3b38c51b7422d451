/** What the job's operators measure. docs/metrics.md lists it all; a test holds the page equal to what a running job exports. */
@NullMarked
package io.retally.jobs.metrics;

import org.jspecify.annotations.NullMarked;
