/** What jobs put operators together with. */
@NullMarked
package io.retally.jobs.operators;

import org.jspecify.annotations.NullMarked;
