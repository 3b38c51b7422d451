@NullMarked
package io.retally.jobs.postgres;

import org.jspecify.annotations.NullMarked;
