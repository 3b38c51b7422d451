/** Job {@code lesson-assignments}: from the change topics in Kafka to collection {@code assignments} in MongoDB. */
@NullMarked
package io.retally.jobs.assignments;

import org.jspecify.annotations.NullMarked;
