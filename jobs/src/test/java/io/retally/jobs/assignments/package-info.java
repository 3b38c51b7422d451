@NullMarked
package io.retally.jobs.assignments;

import org.jspecify.annotations.NullMarked;
