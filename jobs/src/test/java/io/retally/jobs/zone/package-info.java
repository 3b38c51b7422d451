@NullMarked
package io.retally.jobs.zone;

import org.jspecify.annotations.NullMarked;
