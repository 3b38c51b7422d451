/** Reports in Flink SQL: the job sql-report, run beside the stack. */
@NullMarked
package io.retally.devkit.report;

import org.jspecify.annotations.NullMarked;
