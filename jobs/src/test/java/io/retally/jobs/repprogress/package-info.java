@NullMarked
package io.retally.jobs.repprogress;

import org.jspecify.annotations.NullMarked;
