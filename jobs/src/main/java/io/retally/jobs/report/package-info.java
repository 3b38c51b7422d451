/** Job {@code sql-report}: a report in Flink SQL over the current documents, its result a table of schema {@code reporting}. */
@NullMarked
package io.retally.jobs.report;

import org.jspecify.annotations.NullMarked;
