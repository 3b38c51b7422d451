@NullMarked
package io.retally.jobs.mongo;

import org.jspecify.annotations.NullMarked;
