@NullMarked
package io.retally.jobs.report;

import org.jspecify.annotations.NullMarked;
