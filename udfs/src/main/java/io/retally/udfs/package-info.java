/** Table API functions over core and documents, for reports in Flink SQL. {@link io.retally.udfs.Udfs} is their catalogue. */
@NullMarked
package io.retally.udfs;

import org.jspecify.annotations.NullMarked;
