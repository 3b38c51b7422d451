@NullMarked
package io.retally.jobs.audit;

import org.jspecify.annotations.NullMarked;
