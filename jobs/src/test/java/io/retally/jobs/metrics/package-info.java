@NullMarked
package io.retally.jobs.metrics;

import org.jspecify.annotations.NullMarked;
